package io.openclaw.gateway.lab;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects breaches: all are counted, the first of each promise are kept. */
final class Breaches {
  private static final int KEPT = 10;

  private final List<Verdict.Breach> kept = new ArrayList<>();
  private final Map<Promise, Long> counts = new EnumMap<>(Promise.class);

  void add(Promise promise, String format, Object... arguments) {
    if (counts.merge(promise, 1L, Long::sum) <= KEPT) {
      kept.add(new Verdict.Breach(promise, format.formatted(arguments)));
    }
  }

  List<Verdict.Breach> kept() {
    return List.copyOf(kept);
  }

  Map<Promise, Long> counts() {
    return Map.copyOf(counts);
  }
}
