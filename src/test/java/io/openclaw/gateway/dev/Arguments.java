package io.openclaw.gateway.dev;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command that talks to a run: a port, which may be absent, and the rest.
 *
 * @param port on loopback
 * @param rest as many as the command needs
 */
record Arguments(int port, List<String> rest) {
  /** The arguments, or null when there are too few or too many. */
  static @Nullable Arguments read(String option, int usualPort, int needed, String[] arguments) {
    List<String> all = List.of(arguments);
    boolean given = all.size() > 1 && all.get(0).equals(option);
    List<String> rest = given ? all.subList(2, all.size()) : all;
    if (rest.size() != needed) {
      return null;
    }
    try {
      return new Arguments(given ? RunOptions.port(all.get(1)) : usualPort, rest);
    } catch (IllegalArgumentException e) {
      fail(2, e.getMessage());
      return null;
    }
  }

  static void fail(int code, @Nullable String message) {
    System.err.println("openclaw: " + message);
    System.exit(code);
  }
}
