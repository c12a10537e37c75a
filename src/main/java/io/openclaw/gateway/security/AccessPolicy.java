package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who may do what on which topics. A request (an identity, an action, a topic or pattern) is
 * decided so:
 *
 * <ol>
 *   <li>Publishing needs one exact topic; to a pattern with wildcards it is refused.
 *   <li>Only rules for the action count, and only those that speak of the identity: {@code anyone}
 *       speaks of everybody, {@code user} of everybody who signed in, a role or a claim of whoever
 *       has it. One of several is enough.
 *   <li>A placeholder stands for the identity's own value. Without a value that can be used, a
 *       granting rule does not apply to that topic, and in a denying rule the level stands for
 *       every value: what is missing never widens anything.
 *   <li>If a denying rule has a pattern that overlaps with what is asked for (some topic could
 *       match both), it is refused: denial wins.
 *   <li>If a granting rule has a pattern that covers what is asked for (every topic that matches it
 *       matches the rule's too), it is granted. One pattern must cover it alone.
 *   <li>Nothing matches means no.
 *   <li>A refusal is {@code unauthorized} if nobody signed in, some rule grants it to somebody and
 *       no rule denies it to everybody: signing in could help. Else it is {@code forbidden}.
 * </ol>
 *
 * Immutable; a decision neither blocks nor, but for personal topics, allocates.
 */
public final class AccessPolicy {
  /** Grants nothing to anybody. */
  public static final AccessPolicy NOTHING = new AccessPolicy(List.of());

  private final List<AccessRule> rules;
  private final Map<Action, List<AccessRule>> grants = new EnumMap<>(Action.class);
  private final Map<Action, List<AccessRule>> denials = new EnumMap<>(Action.class);

  /**
   * @param rules in any order: it does not matter
   */
  public AccessPolicy(List<AccessRule> rules) {
    this.rules = List.copyOf(rules);
    for (Action action : Action.values()) {
      grants.put(action, select(Effect.GRANT, action));
      denials.put(action, select(Effect.DENY, action));
    }
  }

  private List<AccessRule> select(Effect effect, Action action) {
    return rules.stream()
        .filter(rule -> rule.effect() == effect && rule.actions().contains(action))
        .toList();
  }

  /** The rules as given. */
  public List<AccessRule> rules() {
    return rules;
  }

  /** Decides on one topic. */
  public AccessDecision decide(Identity identity, Action action, TopicName topic) {
    return decide(identity, action, TopicPattern.exactly(topic));
  }

  /** Decides on all topics of a pattern together. */
  public AccessDecision decide(Identity identity, Action action, TopicPattern asked) {
    if (action == Action.PUBLISH && !asked.isExact()) {
      return new AccessDecision.Refused("forbidden", "publishing needs a topic without + and #");
    }
    if (!denied(identity, action, asked) && granted(identity, action, asked)) {
      return AccessDecision.GRANTED;
    }
    return refusal(identity, action, asked);
  }

  /**
   * Whether somebody who never signs in may do anything at all. Where not, a session that does not
   * sign in has no business here.
   */
  public boolean grantsAnyoneSomething() {
    return rules.stream()
        .filter(rule -> rule.effect() == Effect.GRANT && rule.who().contains(Who.ANYONE))
        .flatMap(rule -> rule.topics().stream())
        .anyMatch(topic -> !topic.isPersonal());
  }

  private boolean denied(Identity identity, Action action, TopicPattern asked) {
    for (AccessRule rule : denials.getOrDefault(action, List.of())) {
      if (rule.speaksOf(identity) && denies(rule, identity, asked)) {
        return true;
      }
    }
    return false;
  }

  private static boolean denies(AccessRule rule, Identity identity, TopicPattern asked) {
    for (TopicTemplate topic : rule.topics()) {
      if (topic.widest().intersects(asked)
          && topic.resolve(identity).orElse(topic.widest()).intersects(asked)) {
        return true;
      }
    }
    return false;
  }

  private boolean granted(Identity identity, Action action, TopicPattern asked) {
    for (AccessRule rule : grants.getOrDefault(action, List.of())) {
      if (rule.speaksOf(identity) && grants(rule, identity, asked)) {
        return true;
      }
    }
    return false;
  }

  private static boolean grants(AccessRule rule, Identity identity, TopicPattern asked) {
    for (TopicTemplate topic : rule.topics()) {
      if (topic.widest().covers(asked)
          && topic.resolve(identity).filter(pattern -> pattern.covers(asked)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private AccessDecision refusal(Identity identity, Action action, TopicPattern asked) {
    return identity.isAnonymous() && signingInCouldHelp(action, asked)
        ? new AccessDecision.Refused("unauthorized", "sign in: " + action.of(asked) + " needs it")
        : new AccessDecision.Refused("forbidden", action.of(asked) + " is not granted to you");
  }

  private boolean signingInCouldHelp(Action action, TopicPattern asked) {
    boolean grantedToSomebody =
        topics(grants, action).anyMatch(topic -> topic.widest().covers(asked));
    boolean deniedToAnyone =
        denials.getOrDefault(action, List.of()).stream()
            .filter(rule -> rule.who().contains(Who.ANYONE))
            .flatMap(rule -> rule.topics().stream())
            .anyMatch(topic -> !topic.isPersonal() && topic.widest().intersects(asked));
    return grantedToSomebody && !deniedToAnyone;
  }

  private static Stream<TopicTemplate> topics(Map<Action, List<AccessRule>> rules, Action action) {
    return rules.getOrDefault(action, List.of()).stream().flatMap(rule -> rule.topics().stream());
  }
}
