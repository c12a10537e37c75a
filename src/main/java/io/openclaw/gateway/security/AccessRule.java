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
 * @param maxRate publications per second that a subscription it grants gets at most in mode {@code
 *     latest}; 0 for no bound
 */
public record AccessRule(
    Effect effect, List<Who> who, Set<Action> actions, List<TopicTemplate> topics, int maxRate) {
  /** The largest bound that can be kept: publications are paced in microseconds. */
  public static final int MAX_RATE = 1_000_000;

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
   * @throws IllegalArgumentException if it speaks of nobody, nothing or nowhere, or bounds the rate
   *     of what it does not grant
   */
  public AccessRule {
    if (who.isEmpty() || actions.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("a rule says who, what and on which topics");
    }
    if (maxRate < 0 || maxRate > MAX_RATE) {
      throw new IllegalArgumentException("max-rate is 1 to " + MAX_RATE);
    }
    if (maxRate > 0 && (effect != Effect.GRANT || !actions.contains(Action.SUBSCRIBE))) {
      throw new IllegalArgumentException("max-rate belongs to a rule by which one may subscribe");
    }
    who = List.copyOf(who);
    actions = Set.copyOf(EnumSet.copyOf(actions));
    topics = List.copyOf(topics);
  }

  /** Without a bound of the rate. */
  public AccessRule(Effect effect, List<Who> who, Set<Action> actions, List<TopicTemplate> topics) {
    this(effect, who, actions, topics, 0);
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
