package io.openclaw.gateway.bench;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What came of the publications that were due within a window. Filled by the thread that reads;
 * others look at it when that thread has told so.
 */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final long fromNanos;
  private final long toNanos;
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private long received;
  private long disordered;

  /** A window on the clock of {@link DueTime}. */
  Tally(long fromNanos, long toNanos) {
    this.fromNanos = fromNanos;
    this.toNanos = toNanos;
  }

  /** Takes nothing. */
  static Tally none() {
    return new Tally(0, 0);
  }

  void came(long dueNanos, long nowNanos, boolean inOrder) {
    if (!inOrder) {
      disordered++;
    }
    if (dueNanos >= fromNanos && dueNanos < toNanos) {
      received++;
      long latency = TimeUnit.NANOSECONDS.toMicros(nowNanos - dueNanos);
      micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, latency)));
    }
  }

  /** Deliveries in the window. */
  long received() {
    return received;
  }

  /** Deliveries that were not newer than the one before on their connection: doubles, disorder. */
  long disordered() {
    return disordered;
  }

  /** Milliseconds from due to read. */
  double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
