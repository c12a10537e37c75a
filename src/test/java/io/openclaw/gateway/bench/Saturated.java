package io.openclaw.gateway.bench;

import org.jspecify.annotations.Nullable;

/** The lines of the report about the highest good rate. */
final class Saturated {
  private Saturated() {}

  static void put(@Nullable StepResult best, String what, Report.Column figures) {
    if (best == null) {
      figures.put(what + ": deliveries/s at p99 < 250 ms", "none was good");
      return;
    }
    figures.put(
        what + ": deliveries/s at p99 < 250 ms", Text.format("%,.0f", best.deliveriesPerSecond()));
    figures.put(
        "… p50 / p99 there (" + what + ")",
        Text.format("%.0f / %.0f ms", best.tally().millis(50), best.tally().millis(99)));
    figures.put(
        "… server CPU for each delivery (" + what + ")",
        Text.format("%.2f µs", best.serverMicros()));
    figures.put(
        "… generator CPU for each: read / publish (" + what + ")",
        Text.format("%.2f / %.2f µs", best.swarmMicros(), best.publisherMicrosPerDelivery()));
  }
}
