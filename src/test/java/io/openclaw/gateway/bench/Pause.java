package io.openclaw.gateway.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a moment: load is made by the clock. */
final class Pause {
  private Pause() {}

  /** Blocks until a moment on the clock of {@link DueTime}. */
  static void until(long nanos) {
    for (long left = nanos - DueTime.now(); left > 0; left = nanos - DueTime.now()) {
      LockSupport.parkNanos(left);
    }
  }

  static void millis(long millis) {
    until(DueTime.now() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  static void seconds(long seconds) {
    millis(TimeUnit.SECONDS.toMillis(seconds));
  }
}
