package io.openclaw.gateway.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One line of the access policy.
 *
 * @param effect whether it grants or denies
 * @param who whom it speaks of: any of them
 * @param actions what it speaks of
 * @param topics where: any of them
 */
public record AccessRule(
    Effect effect, List<Who> who, Set<Action> actions, List<TopicTemplate> topics) {

  /** What a rule does. */
  public enum Effect {
    /** Allows, unless another rule denies. */
    GRANT,
    /** Forbids, whatever other rules grant. */
    DENY
  }

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if it speaks of nobody, nothing or nowhere
   */
  public AccessRule {
    if (who.isEmpty() || actions.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("a rule says who, what and on which topics");
    }
    who = List.copyOf(who);
    actions = Set.copyOf(EnumSet.copyOf(actions));
    topics = List.copyOf(topics);
  }

  boolean speaksOf(Identity identity) {
    for (Who each : who) {
      if (each.includes(identity)) {
        return true;
      }
    }
    return false;
  }
}
