package io.openclaw.gateway.wiring.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds settings that nobody reads: most are misspelt. */
final class UnknownKeys {
  private static final String PREFIX = "openclaw.";
  private static final List<String> OF_THE_SERVER = List.of("openclaw.broker.", "openclaw.tls.");
  private static final String VARIABLE_PREFIX = "OPENCLAW_";

  private UnknownKeys() {}

  /**
   * A warning for each key that begins with {@code openclaw.} and is not known, and for each
   * environment variable whose name is nearly that of a known key. Those below {@code
   * openclaw.broker.} and {@code openclaw.tls.} are for the servers themselves.
   */
  static List<String> warnings(Iterable<String> given, Collection<String> known) {
    List<String> variables = known.stream().map(UnknownKeys::variable).toList();
    List<String> warnings = new ArrayList<>();
    for (String key : sorted(given)) {
      boolean ours = key.startsWith(PREFIX) && OF_THE_SERVER.stream().noneMatch(key::startsWith);
      if (ours && !known.contains(key)) {
        warnings.add("nothing reads the setting " + key + NearestName.hint(key, known));
      }
      if (key.startsWith(VARIABLE_PREFIX) && !variables.contains(key)) {
        nearVariable(key, variables).ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  private static Optional<String> nearVariable(String name, List<String> variables) {
    return variables.stream()
        .filter(variable -> NearestName.edits(name, variable) <= 2)
        .findFirst()
        .map(near -> "nothing reads the variable " + name + "; did you mean " + near + "?");
  }

  /** The environment variable that MicroProfile Config reads for a key. */
  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Iterable<String> sorted(Iterable<String> keys) {
    TreeSet<String> sorted = new TreeSet<>();
    keys.forEach(sorted::add);
    return sorted;
  }
}
