package io.openclaw.gateway.wiring.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant by a name that does not exist. */
final class NearestName {
  private NearestName() {}

  /** " (did you mean X?)", or nothing if no known name is near. */
  static String hint(String unknown, Collection<String> known) {
    return of(unknown, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** The known name with the fewest edits, if those are at most a third of its length, and 3. */
  static Optional<String> of(String unknown, Collection<String> known) {
    String lower = unknown.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.<String>comparingInt(name -> edits(lower, name)).thenComparing(n -> n))
        .filter(name -> edits(lower, name) <= Math.max(1, Math.min(3, name.length() / 3)));
  }

  /** Levenshtein distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
