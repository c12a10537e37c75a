package io.openclaw.gateway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Connections as the kernel counts them (proc(5), {@code /proc/net/tcp}). */
final class OpenConnections {
  private static final String ESTABLISHED = "01";
  private static final String CLOSE_WAIT = "08";

  private OpenConnections() {}

  /** How many a process that listens to {@code port} has accepted, or will, and has not closed. */
  static long to(int port) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines.filter(line -> isHeld(line.strip().split("\\s+"), port)).count();
    }
  }

  private static boolean isHeld(String[] columns, int port) {
    String local = String.format(Locale.ROOT, ":%04X", port);
    return columns[1].endsWith(local)
        && (columns[3].equals(ESTABLISHED) || columns[3].equals(CLOSE_WAIT));
  }
}
