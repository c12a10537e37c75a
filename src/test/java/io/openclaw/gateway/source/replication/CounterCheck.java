package io.openclaw.gateway.source.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that counters, which were counted up one by one, arrived so: each step once, in order. */
final class CounterCheck {
  private CounterCheck() {}

  /** A counter has got to {@code n}. */
  record Count(String counter, int n) {}

  /**
   * What is wrong; empty if nothing is.
   *
   * @param expected how far each counter was counted, from 1
   */
  static List<String> faults(Map<String, Integer> expected, List<Count> arrived) {
    List<String> faults = new ArrayList<>();
    Map<String, Integer> reached = new HashMap<>();
    for (Count count : arrived) {
      int last = reached.getOrDefault(count.counter(), 0);
      if (count.n() != last + 1) {
        faults.add(count.counter() + ": " + count.n() + " after " + last);
      }
      reached.put(count.counter(), count.n());
    }
    expected.forEach(
        (counter, n) -> {
          if (reached.getOrDefault(counter, 0) != (int) n) {
            faults.add(counter + ": ends before " + n);
          }
        });
    return faults;
  }
}
