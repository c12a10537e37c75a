package io.openclaw.gateway.subscription;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a subscription to so many publications per second, evenly spaced. What comes too early
 * waits, the newest for each topic and key; the oldest goes first. Bounded by the number of keys.
 * Confined to the fan-out thread.
 */
final class Pace {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final long intervalMicros;
  private final Map<ConflationKey, Offered> waiting = new LinkedHashMap<>();
  private long nextMicros = Long.MIN_VALUE;

  /**
   * @param maxRate publications per second, 1 or more
   */
  Pace(int maxRate) {
    this.intervalMicros = Math.max(1, MICROS_PER_SECOND / maxRate);
  }

  /** Whether something may go now; if so the next one may not before an interval is over. */
  boolean admits(long nowMicros) {
    if (nowMicros < nextMicros) {
      return false;
    }
    nextMicros = nowMicros + intervalMicros;
    return true;
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  long nextMicros() {
    return nextMicros;
  }

  /**
   * Keeps {@code offered} for later, in place of an older value, behind all others: what leaves
   * leaves in log order.
   */
  void hold(Offered offered) {
    waiting.remove(offered.key());
    waiting.put(offered.key(), offered);
  }

  /** Takes the oldest out, if it may go now. */
  @Nullable Offered release(long nowMicros) {
    if (waiting.isEmpty() || !admits(nowMicros)) {
      return null;
    }
    Iterator<Offered> eldest = waiting.values().iterator();
    Offered offered = eldest.next();
    eldest.remove();
    return offered;
  }
}
