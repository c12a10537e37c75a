package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessDecision.Granted;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 *   <li>A grant of subscribing is bounded to a rate if every rule that gives it is: to the highest
 *       of theirs, as the most generous rule counts.
 *   <li>For the holder of an API key the key's scopes stand in for all granting rules: none of
 *       those applies. Denying rules do.
 * </ol>
 *
 * Immutable; a decision neither blocks nor, but for personal topics and bounded rates, allocates.
 */
public final class AccessPolicy {
  /** Grants nothing to anybody. */
  public static final AccessPolicy NOTHING = new AccessPolicy(List.of());

  private final List<AccessRule> rules;
  private final Map<Action, List<Clause>> grants = new EnumMap<>(Action.class);
  private final Map<Action, List<Clause>> denials = new EnumMap<>(Action.class);

  /**
   * @param rules in any order: it does not matter
   */
  public AccessPolicy(List<AccessRule> rules) {
    this.rules = List.copyOf(rules);
    for (Action action : Action.values()) {
      grants.put(action, clauses(Effect.GRANT, action));
      denials.put(action, clauses(Effect.DENY, action));
    }
  }

  private List<Clause> clauses(Effect effect, Action action) {
    return rules.stream()
        .filter(rule -> rule.effect() == effect && rule.actions().contains(action))
        .flatMap(rule -> rule.topics().stream().map(topic -> new Clause(rule, topic)))
        .toList();
  }

  /** A rule for one of its topics. What is looked at first is what most often rules it out. */
  private record Clause(AccessRule rule, TopicTemplate topic) {
    boolean grants(Identity identity, TopicPattern asked) {
      return topic.widest().covers(asked)
          && rule.speaksOf(identity)
          && topic.resolve(identity).filter(pattern -> pattern.covers(asked)).isPresent();
    }

    boolean denies(Identity identity, TopicPattern asked) {
      return topic.widest().intersects(asked)
          && rule.speaksOf(identity)
          && topic.resolve(identity).orElse(topic.widest()).intersects(asked);
    }

    boolean deniesToAnyone(TopicPattern asked) {
      return rule.who().contains(Who.ANYONE)
          && !topic.isPersonal()
          && topic.widest().intersects(asked);
    }
  }

  /** The rules as given. */
  public List<AccessRule> rules() {
    return rules;
  }

  /** Decides on one topic. */
  public AccessDecision decide(Authenticated who, Action action, TopicName topic) {
    return decide(who, action, TopicPattern.exactly(topic));
  }

  /** Decides on all topics of a pattern together. */
  public AccessDecision decide(Authenticated who, Action action, TopicPattern asked) {
    Identity identity = who.identity();
    if (action == Action.PUBLISH && !asked.isExact()) {
      return new AccessDecision.Refused("forbidden", "publishing needs a topic without + and #");
    }
    Granted grant = denied(identity, action, asked) ? null : grant(identity, action, asked);
    return grant == null ? refusal(identity, action, asked) : grant;
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
    for (Clause clause : of(denials, action)) {
      if (clause.denies(identity, asked)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Granted grant(Identity identity, Action action, TopicPattern asked) {
    if (identity.authority() instanceof Authority.Scoped scoped) {
      return scoped.grants(action, asked) ? AccessDecision.GRANTED : null;
    }
    int highest = 0;
    for (Clause clause : of(grants, action)) {
      if (clause.grants(identity, asked)) {
        int maxRate = action == Action.SUBSCRIBE ? clause.rule().maxRate() : 0;
        if (maxRate == 0) {
          return AccessDecision.GRANTED;
        }
        highest = Math.max(highest, maxRate);
      }
    }
    return highest == 0 ? null : new Granted(highest);
  }

  private static List<Clause> of(Map<Action, List<Clause>> clauses, Action action) {
    return clauses.getOrDefault(action, List.of());
  }

  private AccessDecision refusal(Identity identity, Action action, TopicPattern asked) {
    return identity.isAnonymous() && signingInCouldHelp(action, asked)
        ? new AccessDecision.Refused(
            "unauthorized", "sign in first: " + action.of(asked) + " is not granted to everybody")
        : new AccessDecision.Refused("forbidden", action.of(asked) + " is not granted to you");
  }

  private boolean signingInCouldHelp(Action action, TopicPattern asked) {
    return of(grants, action).stream().anyMatch(clause -> clause.topic().widest().covers(asked))
        && of(denials, action).stream().noneMatch(clause -> clause.deniesToAnyone(asked));
  }
}
