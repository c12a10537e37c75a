package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions of one subscriber, those of each space apart. Costs nothing for a space in
 * which nothing was ever wanted. Made once for each subscriber; everything else is confined to the
 * fan-out thread.
 */
public final class InterestsBySpace {
  private static final @Nullable Interests[] NONE = {};

  private final Subscriber subscriber;
  private @Nullable Interests[] bySpace = NONE;

  public InterestsBySpace(Subscriber subscriber) {
    this.subscriber = subscriber;
  }

  /** Those in the space with that index; made when they are first asked for. */
  Interests in(int space) {
    if (space >= bySpace.length) {
      bySpace = Arrays.copyOf(bySpace, space + 1);
    }
    Interests known = bySpace[space];
    if (known == null) {
      known = new Interests(subscriber);
      bySpace[space] = known;
    }
    return known;
  }

  /** Those in the space with that index; null if there never were any. */
  @Nullable Interests known(int space) {
    return space < bySpace.length ? bySpace[space] : null;
  }

  /** The patterns subscribed to now. */
  public Collection<TopicPattern> patterns() {
    List<TopicPattern> patterns = new ArrayList<>();
    for (Interests interests : bySpace) {
      if (interests != null) {
        patterns.addAll(interests.patterns());
      }
    }
    return patterns;
  }
}
