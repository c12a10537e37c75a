package io.openclaw.gateway.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of the access policy.
 *
 * @param effect whether it grants or denies
 * @param who whom it speaks of: any of them
 * @param actions what it speaks of
 * @param topics where: any of them
 * @param terms what else it depends on or bounds
 */
public record AccessRule(
    Effect effect, List<Who> who, Set<Action> actions, List<TopicTemplate> topics, Terms terms) {
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
   * The small print of a rule.
   *
   * @param when what else must be true, or null: nothing
   * @param narrows whether somebody who asks for more topics than are granted gets those that are,
   *     instead of a refusal
   * @param maxRate publications per second that a subscription it grants gets at most in mode
   *     {@code latest}; 0 for no bound
   */
  public record Terms(@Nullable ClaimCondition when, boolean narrows, int maxRate) {
    /** None. */
    public static final Terms NONE = new Terms(null, false, 0);

    /**
     * @throws IllegalArgumentException if the rate is out of range
     */
    public Terms {
      if (maxRate < 0 || maxRate > MAX_RATE) {
        throw new IllegalArgumentException("max-rate is 1 to " + MAX_RATE);
      }
    }
  }

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if it speaks of nobody, nothing or nowhere, or narrows or
   *     bounds what it does not grant
   */
  public AccessRule {
    if (who.isEmpty() || actions.isEmpty() || topics.isEmpty()) {
      throw new IllegalArgumentException("a rule says who, what and on which topics");
    }
    boolean subscribes = effect == Effect.GRANT && actions.contains(Action.SUBSCRIBE);
    if (terms.maxRate() > 0 && !subscribes) {
      throw new IllegalArgumentException("max-rate belongs to a rule by which one may subscribe");
    }
    if (terms.narrows() && !subscribes) {
      throw new IllegalArgumentException(
          "wildcards: narrow belongs to a rule by which one may subscribe");
    }
    who = List.copyOf(who);
    actions = Set.copyOf(EnumSet.copyOf(actions));
    topics = List.copyOf(topics);
  }

  /** Without any small print. */
  public AccessRule(Effect effect, List<Who> who, Set<Action> actions, List<TopicTemplate> topics) {
    this(effect, who, actions, topics, Terms.NONE);
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
