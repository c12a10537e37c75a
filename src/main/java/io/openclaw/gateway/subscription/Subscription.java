package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;

/**
 * That one subscriber wants one pattern, and how far it has been served. Confined to the fan-out
 * thread.
 */
final class Subscription {
  private final Interests owner;
  private final TopicPattern pattern;
  private final TopicMode mode;

  /** Publications up to here are not part of it. */
  private final long after;

  /** Publications up to here were delivered; kept only while its owner catches up. */
  private long served;

  Subscription(Interests owner, SubscribeRequest request, long after, long served) {
    this.owner = owner;
    this.pattern = request.pattern();
    this.mode = request.mode();
    this.after = after;
    this.served = served;
  }

  Interests owner() {
    return owner;
  }

  TopicPattern pattern() {
    return pattern;
  }

  TopicMode mode() {
    return mode;
  }

  long after() {
    return after;
  }

  long served() {
    return served;
  }

  void servedTo(long offset) {
    served = Math.max(served, offset);
  }

  /** Whether {@code publication} was already delivered because of it. */
  boolean hasServed(Publication publication) {
    long offset = publication.offset();
    return offset > after && offset <= served && pattern.matches(publication.topic());
  }

  /** Whether {@code publication} is still to be delivered because of it. */
  boolean awaits(Publication publication) {
    return publication.offset() > served && pattern.matches(publication.topic());
  }
}
