package io.openclaw.gateway.log.journal.hazelcast;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the ring holds, as far as was read. Written by the thread that reads; the sum may
 * be read by any.
 */
final class RingVolume {
  private final int[] bytes;
  private final long[] nanos;
  private final long maxAgeNanos;
  private long oldest = -1;
  private long newest = -1;
  private final AtomicLong sum = new AtomicLong();

  RingVolume(int capacity, long maxAgeNanos) {
    this.bytes = new int[capacity];
    this.nanos = new long[capacity];
    this.maxAgeNanos = maxAgeNanos;
  }

  /** An entry was read. */
  void add(long sequence, int length, long nowNanos) {
    if (oldest < 0 || sequence != newest + 1) {
      oldest = sequence;
      sum.set(0);
    }
    newest = sequence;
    while (newest - oldest >= bytes.length) {
      dropOldest();
    }
    bytes[slot(sequence)] = length;
    nanos[slot(sequence)] = nowNanos;
    sum.addAndGet(length);
    expire(nowNanos);
  }

  /** Time has passed. */
  void expire(long nowNanos) {
    while (oldest <= newest && oldest >= 0 && nowNanos - nanos[slot(oldest)] > maxAgeNanos) {
      dropOldest();
    }
  }

  private void dropOldest() {
    sum.addAndGet(-bytes[slot(oldest)]);
    oldest++;
  }

  private int slot(long sequence) {
    return (int) (sequence % bytes.length);
  }

  /** How long an entry stays in the ring, in ns. */
  long maxAgeNanos() {
    return maxAgeNanos;
  }

  /** Bytes in the ring. */
  long sum() {
    return sum.get();
  }
}
