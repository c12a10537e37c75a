package io.openclaw.gateway.drain;

import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;

/**
 * Sends sessions away evenly:
 *
 * <ol>
 *   <li>the first goes at once, each further one a share of the duration later;
 *   <li>what was not done in time, because nobody looked for more than {@link #MAX_STEP_MILLIS}, is
 *       not made up for: it all gets later by that;
 *   <li>but {@link #MAX_LATENESS_MILLIS} after the duration all that are left go;
 *   <li>one that has left by itself takes nobody's place.
 * </ol>
 *
 * Confined to one thread at a time.
 */
final class Departures {
  static final long MAX_STEP_MILLIS = 100;
  static final long MAX_LATENESS_MILLIS = 5_000;

  private final ArrayDeque<ClientSession> waiting;
  private final DisconnectReason reason;
  private final double eachMilli;
  private final long endMillis;
  private long lookedMillis;
  private double due = 1;

  Departures(Collection<ClientSession> sessions, Duration duration, long nowMillis) {
    waiting = new ArrayDeque<>(sessions);
    boolean paced = !duration.isZero();
    reason = paced ? DisconnectReason.DRAIN : DisconnectReason.DRAIN_AT_ONCE;
    eachMilli = waiting.size() / (double) Math.max(1, duration.toMillis());
    endMillis = nowMillis + (paced ? duration.toMillis() + MAX_LATENESS_MILLIS : 0);
    lookedMillis = nowMillis;
  }

  /** Sends away whose time has come; whether nobody is left. */
  boolean advance(long nowMillis) {
    due += Math.min(MAX_STEP_MILLIS, Math.max(0, nowMillis - lookedMillis)) * eachMilli;
    lookedMillis = nowMillis;
    boolean late = nowMillis >= endMillis;
    while (!waiting.isEmpty() && (due >= 1 || late)) {
      ClientSession session = waiting.remove();
      if (!session.isEnding()) {
        session.disconnect(reason);
        due--;
      }
    }
    return waiting.isEmpty();
  }
}
