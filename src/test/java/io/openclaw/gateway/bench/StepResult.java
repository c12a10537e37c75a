package io.openclaw.gateway.bench;

import java.time.Duration;

/**
 * What one step came to.
 *
 * @param perSecond publications asked for
 * @param expected deliveries in the window
 * @param tally what came of them
 * @param lost connections that ended
 * @param window how long
 * @param spent CPU time within the window
 * @param publisherNanos CPU time of the generator for each publication
 */
record StepResult(
    int perSecond,
    long expected,
    Tally tally,
    int lost,
    Duration window,
    Costs spent,
    double publisherNanos) {
  private static final double LATENCY_LIMIT_MILLIS = 250;

  /** Whether all came, once and in order, and 99 % of it within the limit. */
  boolean isGood() {
    return isComplete() && tally.millis(99) < LATENCY_LIMIT_MILLIS;
  }

  /** Whether all came, once and in order. */
  boolean isComplete() {
    return tally.received() == expected && tally.disordered() == 0 && lost == 0;
  }

  double deliveriesPerSecond() {
    return tally.received() * 1000.0 / window.toMillis();
  }

  /** CPU µs of the server for each delivery. */
  double serverMicros() {
    return spent.serverNanos() / 1000.0 / Math.max(1, tally.received());
  }

  /** CPU µs of the generator's reading thread for each delivery. */
  double swarmMicros() {
    return spent.swarmNanos() / 1000.0 / Math.max(1, tally.received());
  }

  /** CPU µs of the generator's publishing thread for each delivery. */
  double publisherMicrosPerDelivery() {
    return publisherNanos / 1000 * perSecond * window.toMillis() / 1000 / Math.max(1, expected);
  }

  /** For the progress: one line. */
  @Override
  public String toString() {
    return Text.format(
        "%d/s: %,.0f deliveries/s, p50 %.1f ms, p99 %.1f ms, server %.2f µs each, generator %.2f µs"
            + " each%s",
        perSecond,
        deliveriesPerSecond(),
        tally.millis(50),
        tally.millis(99),
        serverMicros(),
        swarmMicros(),
        isComplete() ? "" : trouble());
  }

  private String trouble() {
    return Text.format(
        "; %,d missing, %,d out of order, %d connections lost",
        expected - tally.received(), tally.disordered(), lost);
  }
}
