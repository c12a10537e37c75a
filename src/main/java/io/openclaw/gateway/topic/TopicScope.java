package io.openclaw.gateway.topic;

/**
 * The part of a pattern's topics that somebody may have. Two that are equal have the same topics,
 * so what is found out for one holds for the other. Immutable; asked by the thread that fans out,
 * so it never blocks.
 */
@FunctionalInterface
public interface TopicScope {
  /** Whether {@code topic} belongs to it. */
  boolean includes(TopicName topic);
}
