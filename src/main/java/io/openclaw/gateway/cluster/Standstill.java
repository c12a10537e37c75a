package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Notices that this process stood still: others may have gone on without it, and it does not see
 * that before the cluster has found together again. Thread-safe.
 */
final class Standstill {
  /** Longer than a cluster needs to find together. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final long limitNanos;
  private final BooleanSupplier others;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private long seenNanos;
  private long endNanos;
  private boolean hadOthers;

  /**
   * @param limit what is none yet
   * @param others whether there are other nodes
   */
  Standstill(Duration limit, BooleanSupplier others, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.others = others;
    this.nanoTime = nanoTime;
    this.seenNanos = nanoTime.getAsLong();
    this.endNanos = seenNanos;
  }

  /** Shows that the process runs; called every second. */
  synchronized void tick() {
    look();
    hadOthers = others.getAsBoolean();
  }

  /** Whether the process stood still a short while ago, and there were others. */
  synchronized boolean isRecent() {
    return endNanos - look() > 0;
  }

  private long look() {
    long now = nanoTime.getAsLong();
    if (hadOthers && now - seenNanos > limitNanos) {
      endNanos = now + PAUSE.toNanos();
    } else if (endNanos - now < 0) {
      endNanos = now;
    }
    seenNanos = now;
    return now;
  }
}
