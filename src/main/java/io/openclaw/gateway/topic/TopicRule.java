package io.openclaw.gateway.topic;

/**
 * A setting for the topics that match a pattern.
 *
 * @param pattern which topics
 * @param mode how they are delivered
 */
public record TopicRule(TopicPattern pattern, TopicMode mode) {}
