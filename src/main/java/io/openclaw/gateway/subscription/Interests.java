package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of one subscriber, and whether it follows the log or still catches up with it.
 * Made once for each subscriber; everything else is confined to the fan-out thread.
 */
public final class Interests {
  private final Subscriber subscriber;
  private final Map<TopicPattern, Subscription> byPattern = new HashMap<>(2);
  private @Nullable CatchUp catchUp;
  private long lastOffered;

  public Interests(Subscriber subscriber) {
    this.subscriber = subscriber;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  Collection<Subscription> all() {
    return byPattern.values();
  }

  /** The patterns subscribed to now. */
  public Collection<TopicPattern> patterns() {
    return byPattern.keySet();
  }

  @Nullable Subscription put(Subscription subscription) {
    return byPattern.put(subscription.pattern(), subscription);
  }

  @Nullable Subscription get(TopicPattern pattern) {
    return byPattern.get(pattern);
  }

  @Nullable Subscription remove(TopicPattern pattern) {
    return byPattern.remove(pattern);
  }

  void clear() {
    byPattern.clear();
    catchUp = null;
  }

  /** Whether fan-out serves it; otherwise its catch-up does. */
  boolean isLive() {
    return catchUp == null;
  }

  @Nullable CatchUp catchUp() {
    return catchUp;
  }

  void catchUp(@Nullable CatchUp started) {
    catchUp = started;
  }

  /** Whether a stricter subscription than {@code one} delivers {@code offered}, too. */
  boolean hasStricter(Subscription one, Offered offered) {
    if (byPattern.size() == 1 || one.strictness() == 2) {
      return false;
    }
    for (Subscription other : byPattern.values()) {
      if (other.strictness() > one.strictness()
          && offered.offset() > other.after()
          && other.wants(offered)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code offset} is offered to it for the first time, by whichever subscription. */
  boolean firstOffer(long offset) {
    boolean first = lastOffered != offset;
    lastOffered = offset;
    return first;
  }
}
