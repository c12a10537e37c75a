package io.openclaw.gateway.source;

import java.time.Duration;

/**
 * Notices that a step of a source does not come to its end, because its neighbour does not answer
 * and the call to it blocks. The source begins and ends its steps; anybody may ask. Thread-safe.
 */
public final class StallGuard {
  private final long limitNanos;
  private volatile boolean underWay;
  private volatile long beginNanos;

  /**
   * @param limit how long a step may take
   */
  public StallGuard(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  /** A step begins. */
  public void begin() {
    beginNanos = System.nanoTime();
    underWay = true;
  }

  /** The step is over, well or not. */
  public void end() {
    underWay = false;
  }

  /** {@code state}, or that the source is down if its present step takes too long. */
  public SourceState judge(SourceState state) {
    if (underWay && System.nanoTime() - beginNanos > limitNanos) {
      return SourceState.down(state.name(), "no answer for " + limitNanos / 1_000_000_000 + " s");
    }
    return state;
  }
}
