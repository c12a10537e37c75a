package io.openclaw.gateway.subscription;

import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import org.jspecify.annotations.Nullable;

/**
 * That one subscriber wants one pattern, and how far it has been served. Confined to the fan-out
 * thread.
 */
final class Subscription {
  private final Interests owner;
  private final TopicPattern pattern;
  private final TopicMode mode;
  private final @Nullable Filter filter;
  private @Nullable Filter scope;
  private final @Nullable Pace pace;

  /** Publications up to here are not part of it. */
  private final long after;

  /** Publications up to here were delivered; kept only while its owner catches up. */
  private long served;

  Subscription(
      Interests owner, SubscribeRequest request, Filters filters, SubscriptionStart start) {
    this.owner = owner;
    this.pattern = request.pattern();
    this.mode = request.mode();
    this.filter = filters.use(request.filter());
    this.scope = filters.use(request.scope());
    this.pace = request.maxRate() > 0 ? new Pace(request.maxRate()) : null;
    this.after = start.after();
    this.served = start.served();
  }

  Interests owner() {
    return owner;
  }

  TopicPattern pattern() {
    return pattern;
  }

  /** From now on it is for the topics of {@code narrowed} only, or for all if that is null. */
  void narrow(@Nullable TopicScope narrowed, Filters filters) {
    Filter before = scope;
    scope = filters.use(narrowed);
    filters.leave(before);
  }

  /** Uses its filters no more. */
  void leave(Filters filters) {
    filters.leave(filter);
    filters.leave(scope);
  }

  @Nullable Pace pace() {
    return pace;
  }

  /** Whether something that it wants has not been offered yet, because its pace holds it back. */
  boolean holdsBack() {
    return pace != null && pace.isWaiting();
  }

  boolean isLatest() {
    return mode == TopicMode.LATEST;
  }

  /**
   * The strictest of several that match decides how a publication goes: every one, state, paced.
   */
  int strictness() {
    return mode == TopicMode.EVENTS ? 2 : pace == null ? 1 : 0;
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

  /** Whether {@code offered} was already delivered because of it. */
  boolean hasServed(Offered offered) {
    return offered.offset() > after && offered.offset() <= served && wants(offered);
  }

  /** Whether {@code offered} is still to be delivered because of it. */
  boolean awaits(Offered offered) {
    return offered.offset() > served && wants(offered);
  }

  /** Whether pattern, scope and filter let {@code offered} through. */
  boolean wants(Offered offered) {
    return pattern.matches(offered.publication().topic()) && passes(offered);
  }

  /** Whether scope and filter let {@code offered} through. */
  boolean passes(Offered offered) {
    return (scope == null || scope.passes(offered)) && (filter == null || filter.passes(offered));
  }
}
