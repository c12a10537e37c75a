package io.openclaw.gateway.subscription;

import io.openclaw.gateway.protocol.PublicationFields;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import org.jspecify.annotations.Nullable;

/**
 * One granted subscription.
 *
 * @param id what the client calls the request, or null
 * @param pattern topics wanted
 * @param asked the head of the log when it was asked for: what is published later belongs to it
 * @param since go on after this position, or null to begin now
 * @param history the last n of each matching topic first; 0 for none
 * @param mode how it is served
 * @param maxRate publications per second at most, in mode {@code latest}; 0 for no limit
 * @param filter only publications that meet it, or null for all
 * @param scope only topics in it, or null for all
 */
public record SubscribeRequest(
    @Nullable Long id,
    TopicPattern pattern,
    Position asked,
    @Nullable Position since,
    int history,
    TopicMode mode,
    int maxRate,
    @Nullable Condition filter,
    @Nullable TopicScope scope) {

  /** For all topics of the pattern. */
  public SubscribeRequest(
      @Nullable Long id,
      TopicPattern pattern,
      Position asked,
      @Nullable Position since,
      int history,
      TopicMode mode,
      int maxRate,
      @Nullable Condition filter) {
    this(id, pattern, asked, since, history, mode, maxRate, filter, null);
  }

  /** The same at another rate. */
  public SubscribeRequest atMost(int rate) {
    return new SubscribeRequest(id, pattern, asked, since, history, mode, rate, filter, scope);
  }

  /** The same for some of the topics. */
  public SubscribeRequest within(TopicScope part) {
    return new SubscribeRequest(id, pattern, asked, since, history, mode, maxRate, filter, part);
  }

  /** Whether scope and filter let {@code publication} through. */
  boolean wants(Publication publication) {
    return (scope == null || scope.includes(publication.topic()))
        && (filter == null || filter.isMet(new PublicationFields(publication)));
  }
}
