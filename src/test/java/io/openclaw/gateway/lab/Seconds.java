package io.openclaw.gateway.lab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts something by the second. <i>Thread-safe.</i> */
final class Seconds {
  private static final int MOST = 3_600;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(MOST);
  private final long beganNanos;

  Seconds(long beganNanos) {
    this.beganNanos = beganNanos;
  }

  void count(long atNanos) {
    counts.incrementAndGet(index(atNanos));
  }

  /** The most in one second from a moment on. */
  int mostSince(long atNanos) {
    int most = 0;
    for (int i = index(atNanos); i < MOST; i++) {
      most = Math.max(most, counts.get(i));
    }
    return most;
  }

  private int index(long atNanos) {
    return (int) Math.min(MOST - 1, TimeUnit.NANOSECONDS.toSeconds(atNanos - beganNanos));
  }
}
