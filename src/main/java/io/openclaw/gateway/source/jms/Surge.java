package io.openclaw.gateway.source.jms;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Decides whether the message-driven bean takes the messages behind the one that woke it:
 *
 * <ol>
 *   <li>not as long as it waits between messages: nothing is faster then;
 *   <li>when several in a row were there as soon as the one before was done, because a transaction
 *       for each would be the limit;
 *   <li>not any more when nothing was found behind one;
 *   <li>never again after a transaction that failed, or after the broker was away. A client of
 *       Artemis that connected again while the bean was at work has a message in advance from then
 *       on, which those behind it must not overtake.
 * </ol>
 *
 * Thread-safe, guarded by itself; the bean has one message at a time.
 */
final class Surge {
  private static final Logger LOG = System.getLogger(Surge.class.getName());
  private static final long AT_ONCE_NANOS = Duration.ofMillis(5).toNanos();
  private static final int IN_A_ROW = 4;

  private boolean begun;
  private boolean over;
  private long endNanos;
  private int row;

  /**
   * A message came.
   *
   * @param nanos the time now, as {@link System#nanoTime} counts it
   * @param limit how many may be taken at a time
   * @return how many are to be taken, it included
   */
  synchronized int begin(long nanos, int limit) {
    row = begun && nanos - endNanos < AT_ONCE_NANOS ? row + 1 : 0;
    begun = true;
    return over || row < IN_A_ROW ? 1 : limit;
  }

  /** The container may have a message in advance from now on. */
  void end() {
    if (isFirstEnd()) {
      LOG.log(
          Level.WARNING,
          "a connection to the broker was lost: from now on, until the application is started"
              + " again, the message-driven bean takes messages one by one");
    }
  }

  private synchronized boolean isFirstEnd() {
    boolean first = !over;
    over = true;
    return first;
  }

  /**
   * The transaction of a message, and of those taken with it, was committed.
   *
   * @param nanos the time now
   * @param taken how many messages it had
   */
  synchronized void committed(long nanos, int taken) {
    endNanos = nanos;
    if (row >= IN_A_ROW && taken == 1) {
      row = 0;
    }
  }
}
