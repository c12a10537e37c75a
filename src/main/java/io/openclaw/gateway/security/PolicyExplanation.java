package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessDecision.Granted;
import io.openclaw.gateway.security.AccessDecision.Narrowed;
import io.openclaw.gateway.security.AccessDecision.Refused;
import io.openclaw.gateway.security.AccessPolicy.Explained;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.Clause.Outcome;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;

/**
 * A decision and why it was made.
 *
 * @param decision {@code granted}, {@code narrowed} or {@code refused}
 * @param message why it was refused; empty if it was not
 * @param maxRate the bound of a grant; 0 for none
 * @param decidedBy the rules that decided, {@code access[2]}, or {@code authorizer}, {@code scopes
 *     of the key}; none if nothing matched
 * @param rules what each rule for the action said that has to do with the topic
 */
public record PolicyExplanation(
    String decision, String message, int maxRate, List<String> decidedBy, List<RuleOutcome> rules) {

  /** What one rule said of one of its topics. */
  public record RuleOutcome(String rule, String effect, String topic, String outcome) {}

  /** Decides as if {@code proposed} were in force, by {@code current}'s authorizers, too. */
  public static PolicyExplanation of(
      CurrentPolicy current,
      AccessPolicy proposed,
      Authenticated who,
      Action action,
      TopicPattern asked) {
    AccessDecision decision = current.decide(proposed, who, action, asked);
    List<Explained> clauses =
        CurrentPolicy.watched(action, asked)
            .map(watched -> proposed.explain(who, Action.PRESENCE, watched))
            .orElseGet(() -> proposed.explain(who, action, asked));
    return new PolicyExplanation(
        word(decision),
        decision instanceof Refused refused ? refused.message() : "",
        maxRate(decision),
        decidedBy(decision, clauses, who),
        clauses.stream()
            .filter(each -> each.outcome() != Outcome.OTHER_TOPICS)
            .map(PolicyExplanation::outcome)
            .toList());
  }

  /** The decision in a word. */
  public static String word(AccessDecision decision) {
    if (decision instanceof Narrowed) {
      return "narrowed";
    }
    return decision.granted() ? "granted" : "refused";
  }

  private static int maxRate(AccessDecision decision) {
    if (decision instanceof Narrowed narrowed) {
      return narrowed.part().maxRate();
    }
    return decision instanceof Granted granted ? granted.maxRate() : 0;
  }

  private static List<String> decidedBy(
      AccessDecision decision, List<Explained> clauses, Authenticated who) {
    List<String> denials = names(clauses, Effect.DENY, Outcome.APPLIES);
    List<String> grants = names(clauses, Effect.GRANT, Outcome.APPLIES);
    if (decision instanceof Narrowed) {
      return names(clauses, Effect.GRANT, Outcome.A_PART);
    }
    boolean byKey = who.identity().authority() instanceof Authority.Scoped;
    if (decision.granted()) {
      return byKey ? List.of("scopes of the key") : orAuthorizer(grants);
    }
    if (!denials.isEmpty()) {
      return denials;
    }
    return grants.isEmpty() || byKey ? List.of() : List.of("authorizer");
  }

  private static List<String> orAuthorizer(List<String> grants) {
    return grants.isEmpty() ? List.of("authorizer") : grants;
  }

  private static List<String> names(List<Explained> clauses, Effect effect, Outcome outcome) {
    return clauses.stream()
        .filter(each -> each.clause().rule().effect() == effect && each.outcome() == outcome)
        .map(each -> name(each.clause()))
        .distinct()
        .toList();
  }

  private static String name(Clause clause) {
    return "access[" + clause.index() + "]";
  }

  private static RuleOutcome outcome(Explained each) {
    return new RuleOutcome(
        name(each.clause()),
        each.clause().rule().effect() == Effect.DENY ? "deny" : "may",
        each.clause().topic().toString(),
        each.outcome().words());
  }
}
