package io.openclaw.gateway.subscription;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one shard for which something waits until their pace lets it go. Confined to
 * the fan-out thread.
 */
final class PacedSubscriptions {
  private final Set<Subscription> waiting = new LinkedHashSet<>();
  private long nowMicros;
  private long nextDueMicros = Long.MAX_VALUE;

  long nextDueMicros() {
    return nextDueMicros;
  }

  /** Whether {@code offered} may go now; otherwise it is kept for later. */
  boolean admits(Subscription subscription, Offered offered) {
    Pace pace = subscription.pace();
    if (pace == null || (!pace.isWaiting() && pace.admits(nowMicros))) {
      return true;
    }
    pace.hold(offered);
    waiting.add(subscription);
    nextDueMicros = Math.min(nextDueMicros, pace.nextMicros());
    return false;
  }

  void remove(Subscription subscription) {
    waiting.remove(subscription);
  }

  /** Lets everything go whose time has come. */
  void advance(long now) {
    nowMicros = now;
    if (now < nextDueMicros) {
      return;
    }
    nextDueMicros = Long.MAX_VALUE;
    for (Iterator<Subscription> each = waiting.iterator(); each.hasNext(); ) {
      Subscription subscription = each.next();
      Pace pace = subscription.pace();
      if (pace != null) {
        offer(subscription, pace.release(now));
        if (pace.isWaiting()) {
          nextDueMicros = Math.min(nextDueMicros, pace.nextMicros());
        } else {
          each.remove();
        }
      }
    }
  }

  private static void offer(Subscription subscription, @Nullable Offered released) {
    if (released != null && subscription.passes(released)) {
      subscription.owner().subscriber().offerLatest(released.encoded(), released.key());
    }
  }
}
