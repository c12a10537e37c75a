package io.openclaw.gateway.forward;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of publications that were to be forwarded. Thread-safe. */
public final class ForwardCounters {
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * All counts since the start.
   *
   * @param forwarded arrived outside
   * @param failed not, or nobody knows
   * @param refused not tried, because too much waited
   */
  public record Counts(long forwarded, long failed, long refused) {}

  /** What they are now. */
  public Counts counts() {
    return new Counts(forwarded.sum(), failed.sum(), refused.sum());
  }

  void forwarded(int count) {
    forwarded.add(count);
  }

  void failed() {
    failed.increment();
  }

  void refused() {
    refused.increment();
  }
}
