package io.openclaw.gateway.bench;

/** How many deliveries a second one topic with 1,000 subscribers can have. */
final class FanOut implements Scenario.Measurement {
  private static final int FIRST_RATE = 50;
  private static final int PAYLOAD_BYTES = 100;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    Load load = new Load(rig, extent.clients(), 1, 1, PAYLOAD_BYTES);
    Saturated.put(
        new RateSearch(load::step, extent).run(FIRST_RATE),
        "fan-out, 1,000 subscribers × 1 topic",
        figures);
  }
}
