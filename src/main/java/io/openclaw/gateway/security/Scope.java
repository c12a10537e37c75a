package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One thing that the holder of an API key may do.
 *
 * @param actions what
 * @param topics where: on any of them
 */
public record Scope(Set<Action> actions, List<TopicPattern> topics) {
  /**
   * Copies.
   *
   * @throws IllegalArgumentException if it allows nothing or nowhere
   */
  public Scope {
    if (actions.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("a scope says what may be done and on which topics");
    }
    actions = Set.copyOf(EnumSet.copyOf(actions));
    topics = List.copyOf(topics);
  }

  /** Whether one of its patterns alone covers all of {@code asked}. */
  boolean covers(Action action, TopicPattern asked) {
    if (!actions.contains(action)) {
      return false;
    }
    for (TopicPattern topic : topics) {
      if (topic.covers(asked)) {
        return true;
      }
    }
    return false;
  }
}
