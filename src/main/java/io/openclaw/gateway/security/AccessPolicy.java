package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessDecision.Granted;
import io.openclaw.gateway.security.AccessDecision.Narrowed;
import io.openclaw.gateway.security.AccessDecision.Refused;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what on which topics. A request (an identity with its address, an action, a topic or
 * pattern) is decided so:
 *
 * <ol>
 *   <li>Publishing needs one exact topic; to a pattern with wildcards it is refused.
 *   <li>Only rules for the action count, and only those that speak of the identity: {@code anyone}
 *       speaks of everybody, {@code user} of everybody who signed in, a role or a claim of whoever
 *       has it. One of several is enough.
 *   <li>A placeholder stands for the identity's own value. Without a value that can be used, a
 *       granting rule does not apply to that topic, and in a denying rule the level stands for
 *       every value: what is missing never widens anything.
 *   <li>A granting rule with a condition applies only if that is true, a denying one unless it is
 *       false. What is unknown (an absent claim, a level that is asked for with a wildcard) is
 *       neither.
 *   <li>If a denying rule has a pattern that overlaps with what is asked for (some topic could
 *       match both), it is refused: denial wins.
 *   <li>If a granting rule has a pattern that covers what is asked for (every topic that matches it
 *       matches the rule's too), it is granted. One pattern must cover it alone.
 *   <li>If neither grants all of a pattern that one wants to subscribe to, but a rule that narrows
 *       grants a part of it, that is narrowed: to the topics that would be granted one by one. It
 *       is not if a denying rule without a condition covers all that is asked for.
 *   <li>Nothing matches means no.
 *   <li>A refusal is {@code unauthorized} if nobody signed in, some rule grants it to somebody and
 *       no rule denies it to everybody: signing in could help. Else it is {@code forbidden}.
 *   <li>A grant of subscribing is bounded to a rate if every rule that gives it is: to the highest
 *       of theirs, as the most generous rule counts.
 *   <li>For the holder of an API key the key's scopes stand in for all granting rules: none of
 *       those applies. Denying rules do.
 * </ol>
 *
 * Immutable; a decision neither blocks nor, but for personal topics, conditions and bounded rates,
 * allocates.
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
    return IntStream.range(0, rules.size())
        .boxed()
        .filter(index -> rules.get(index).effect() == effect)
        .filter(index -> rules.get(index).actions().contains(action))
        .flatMap(index -> clauses(index, rules.get(index)))
        .toList();
  }

  private static Stream<Clause> clauses(int index, AccessRule rule) {
    return rule.topics().stream().map(topic -> new Clause(index, rule, topic));
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
    return decide(who, action, asked, false);
  }

  /**
   * @param grantedElsewhere whether somebody else grants all that is asked for, as a rule would
   */
  AccessDecision decide(
      Authenticated who, Action action, TopicPattern asked, boolean grantedElsewhere) {
    if (action == Action.PUBLISH && !asked.isExact()) {
      return new Refused("forbidden", "publishing needs a topic without + and #");
    }
    if (!denied(who, action, asked)) {
      Granted grant =
          grantedElsewhere && byPolicy(who) ? AccessDecision.GRANTED : grant(who, action, asked);
      if (grant != null) {
        return grant;
      }
    }
    boolean mayNarrow = action == Action.SUBSCRIBE && !asked.isExact() && byPolicy(who);
    Narrowed part = mayNarrow ? part(who, asked) : null;
    return part == null ? refusal(who, action, asked) : part;
  }

  private static boolean byPolicy(Authenticated who) {
    return who.identity().authority() instanceof Authority.ByPolicy;
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

  private boolean denied(Authenticated who, Action action, TopicPattern asked) {
    for (Clause clause : of(denials, action)) {
      if (clause.denies(who, asked)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Granted grant(Authenticated who, Action action, TopicPattern asked) {
    if (who.identity().authority() instanceof Authority.Scoped scoped) {
      return scoped.grants(action, asked) ? AccessDecision.GRANTED : null;
    }
    int highest = 0;
    for (Clause clause : of(grants, action)) {
      if (clause.grants(who, asked)) {
        int maxRate = action == Action.SUBSCRIBE ? clause.maxRate() : 0;
        if (maxRate == 0) {
          return AccessDecision.GRANTED;
        }
        highest = Math.max(highest, maxRate);
      }
    }
    return highest == 0 ? null : new Granted(highest);
  }

  /** What is granted of a pattern that is not granted as a whole; null if nothing may be. */
  private @Nullable Narrowed part(Authenticated who, TopicPattern asked) {
    List<Clause> granting =
        of(grants, Action.SUBSCRIBE).stream()
            .filter(clause -> clause.part(who, asked) != null)
            .toList();
    List<GrantedScope.Part> denied = parts(of(denials, Action.SUBSCRIBE), who, asked);
    if (granting.stream().noneMatch(clause -> clause.rule().terms().narrows())
        || denied.stream().anyMatch(part -> part.coversSurely(asked))) {
      return null;
    }
    boolean unbounded = granting.stream().anyMatch(clause -> clause.maxRate() == 0);
    int highest = granting.stream().mapToInt(Clause::maxRate).max().orElse(0);
    return new Narrowed(
        new Granted(unbounded ? 0 : highest),
        new GrantedScope(parts(granting, who, asked), denied));
  }

  private static List<GrantedScope.Part> parts(
      List<Clause> clauses, Authenticated who, TopicPattern asked) {
    return clauses.stream()
        .map(clause -> clause.part(who, asked))
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static List<Clause> of(Map<Action, List<Clause>> clauses, Action action) {
    return clauses.getOrDefault(action, List.of());
  }

  private Refused refusal(Authenticated who, Action action, TopicPattern asked) {
    return who.identity().isAnonymous() && signingInCouldHelp(action, asked)
        ? new Refused(
            "unauthorized", "sign in first: " + action.of(asked) + " is not granted to everybody")
        : new Refused("forbidden", action.of(asked) + " is not granted to you");
  }

  private boolean signingInCouldHelp(Action action, TopicPattern asked) {
    Predicate<Clause> couldGrant =
        clause ->
            clause.topic().widest().covers(asked)
                || (clause.rule().terms().narrows() && clause.topic().widest().intersects(asked));
    return of(grants, action).stream().anyMatch(couldGrant)
        && of(denials, action).stream().noneMatch(clause -> clause.deniesToAnyone(asked));
  }

  /** Every clause for {@code action} with what it says to the request; denials first. */
  List<Explained> explain(Authenticated who, Action action, TopicPattern asked) {
    return Stream.concat(of(denials, action).stream(), of(grants, action).stream())
        .map(clause -> new Explained(clause, clause.outcome(who, asked)))
        .toList();
  }

  /** A clause and why it does or does not apply. */
  record Explained(Clause clause, Clause.Outcome outcome) {}
}
