package io.openclaw.gateway.bench;

import java.time.Duration;

/** 20,000 deliveries a second, each in a frame of its own. */
final class Latency implements Scenario.Measurement {
  private static final int PER_SECOND = 20;
  private static final int PAYLOAD_BYTES = 100;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    Load load = new Load(rig, extent.clients(), 1, 1, PAYLOAD_BYTES);
    load.step(2 * PER_SECOND, Duration.ZERO, extent.firstWarmUp());
    StepResult result = load.step(PER_SECOND, extent.warmUp(), extent.longWindow());
    Tally tally = result.tally();
    figures.put(
        "latency at 20,000 deliveries/s: p50 / p99 / p99.9",
        Text.format(
            "%.1f / %.1f / %.1f ms%s",
            tally.millis(50),
            tally.millis(99),
            tally.millis(99.9),
            result.isComplete() ? "" : " (not all arrived)"));
    figures.put(
        "server CPU for each delivery at 20,000/s", Text.format("%.1f µs", result.serverMicros()));
  }
}
