package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A waiting that ends early, and for ever, when a source is told to stop. Thread-safe. */
public final class Pause {
  private final CountDownLatch over = new CountDownLatch(1);

  /** Ends the present and every later waiting. */
  public void end() {
    over.countDown();
  }

  /** Whether it was ended. */
  public boolean isOver() {
    return over.getCount() == 0;
  }

  /** Waits so long, or until it is ended; an interrupt ends it too. */
  public void await(Duration time) {
    try {
      if (over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
    }
  }
}
