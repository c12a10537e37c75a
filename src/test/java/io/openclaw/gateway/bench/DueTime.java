package io.openclaw.gateway.bench;

import java.nio.ByteBuffer;

/**
 * When a publication should have been sent, as it stands in its payload: nanoseconds since the
 * generator started, plus 10<sup>15</sup> so that it always has the same number of digits. It is
 * the time of the schedule and not that of the send: a late send counts as latency.
 */
final class DueTime {
  static final int DIGITS = 16;

  private static final long FIRST = 1_000_000_000_000_000L;
  private static final long ORIGIN_NANOS = System.nanoTime();

  private DueTime() {}

  /** Now, on the clock of the due times. */
  static long now() {
    return System.nanoTime() - ORIGIN_NANOS + FIRST;
  }

  /** Writes the digits at that place. */
  static void write(byte[] bytes, int at, long dueNanos) {
    long rest = dueNanos;
    for (int i = at + DIGITS - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Reads the digits at that place of a little-endian buffer. */
  static long read(ByteBuffer buffer, int at) {
    return eightDigits(buffer.getLong(at)) * 100_000_000 + eightDigits(buffer.getLong(at + 8));
  }

  /** All eight at once: pairs, then fours, then eight. */
  private static long eightDigits(long text) {
    long pairs = (text & 0x0F0F0F0F0F0F0F0FL) * 2561 >>> 8;
    long fours = (pairs & 0x00FF00FF00FF00FFL) * 6553601 >>> 16;
    return (fours & 0x0000FFFF0000FFFFL) * 42949672960001L >>> 32;
  }
}
