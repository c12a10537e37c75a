package io.openclaw.gateway.topic;

/**
 * A setting for the topics that match a pattern.
 *
 * @param pattern which topics
 * @param mode how they are delivered
 * @param presence whether it is told who is on them
 */
public record TopicRule(TopicPattern pattern, TopicMode mode, boolean presence) {
  /** Without presence. */
  public TopicRule(TopicPattern pattern, TopicMode mode) {
    this(pattern, mode, false);
  }
}
