package io.openclaw.gateway.lab;

import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param breaches all of them, up to a bound for each promise
 * @param counts how many there were of each promise
 * @param publications in the log, as far as anybody has seen it
 * @param deliveries to all clients
 * @param gaps that clients were told of
 * @param epochs of the log, in the order of their appearance
 */
record Verdict(
    List<Breach> breaches,
    Map<Promise, Long> counts,
    long publications,
    long deliveries,
    long gaps,
    List<String> epochs) {

  /** One promise that was not kept. */
  record Breach(Promise promise, String what) {}

  boolean isClean() {
    return breaches.isEmpty();
  }

  /** For people. */
  String report() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%d publications, %d deliveries, %d gaps told, epochs %s%n"
            .formatted(publications, deliveries, gaps, epochs));
    for (Promise promise : Promise.values()) {
      long count = counts.getOrDefault(promise, 0L);
      String result = count == 0 ? "kept  " : "BROKEN";
      out.append("  %s  %s%s%n".formatted(result, promise.words(), times(count)));
    }
    breaches.forEach(breach -> out.append("    %s%n".formatted(breach)));
    return out.toString();
  }

  private static String times(long count) {
    return count == 0 ? "" : ": " + count + " times";
  }
}
