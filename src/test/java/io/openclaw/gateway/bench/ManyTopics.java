package io.openclaw.gateway.bench;

/** How many publications a second go through 1,000 topics with a subscriber each. */
final class ManyTopics implements Scenario.Measurement {
  private static final int FIRST_RATE = 4_000;
  private static final int CONNECTIONS = 4;
  private static final int PAYLOAD_BYTES = 100;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    Load load = new Load(rig, extent.clients(), extent.clients(), CONNECTIONS, PAYLOAD_BYTES);
    Saturated.put(
        new RateSearch(load::step, extent).run(FIRST_RATE),
        "1,000 topics × 1 subscriber, published over 4 sockets",
        figures);
  }
}
