package io.openclaw.gateway.dev;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something outside this JVM, by asking again and again. */
final class Patience {
  private static final long PAUSE_MILLIS = 100;

  private Patience() {}

  /**
   * Blocks until the condition holds.
   *
   * @return false when it did not within the limit, or the thread was interrupted
   */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !pause()) {
        return false;
      }
    }
    return true;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
