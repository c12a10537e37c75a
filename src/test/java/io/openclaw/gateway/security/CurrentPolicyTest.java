package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.AccessRule.Terms;
import io.openclaw.gateway.security.TopicAuthorizer.Verdict;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentPolicyTest {
  private static final Caller ANN =
      new Caller(AccessPolicyTest.user("ann", Map.of("tenant", "acme"), "trader"), "192.0.2.1");

  private static AccessRule rule(Effect effect, boolean narrows, String topic) {
    return new AccessRule(
        effect,
        List.of(Who.ANY_USER),
        EnumSet.of(Action.SUBSCRIBE),
        List.of(TopicTemplate.of(topic)),
        new Terms(null, narrows, 0));
  }

  private static CurrentPolicy policy(AccessRule... rules) {
    return new CurrentPolicy(new AccessPolicy(List.of(rules)));
  }

  private static AccessDecision ask(CurrentPolicy policy, String topic) {
    return policy.decide(ANN, Action.SUBSCRIBE, TopicPattern.of(topic));
  }

  private static TopicAuthorizer saying(Verdict verdict) {
    return (who, action, asked) -> verdict;
  }

  @Test
  void line1AnAuthorizerThatDeniesRefusesWhateverElseGrants() {
    CurrentPolicy policy = policy(rule(Effect.GRANT, false, "#"));
    policy.ask(List.of(saying(Verdict.GRANT), saying(Verdict.DENY)));
    assertFalse(ask(policy, "a").granted());
  }

  @Test
  void line1AnAuthorizerThatFailsRefuses() {
    CurrentPolicy policy = policy(rule(Effect.GRANT, false, "#"));
    policy.ask(
        List.of(
            (who, action, asked) -> {
              throw new IllegalStateException("broken");
            }));
    assertFalse(ask(policy, "a").granted());
  }

  @Test
  void line2AnAuthorizerGrantsAsARuleWould() {
    CurrentPolicy policy = policy(rule(Effect.DENY, false, "b/#"));
    policy.ask(List.of(saying(Verdict.ABSTAIN), saying(Verdict.GRANT)));
    assertTrue(ask(policy, "a/#").granted());
    assertFalse(ask(policy, "b/c").granted(), "a denial wins");
  }

  @Test
  void line2AnAuthorizerAddsNothingToTheScopesOfAKey() {
    Identity key =
        new Identity(
            Identity.API_KEYS,
            "feed",
            java.util.Set.of(),
            Map.of(),
            null,
            null,
            null,
            new Authority.Scoped(List.of()));
    CurrentPolicy policy = policy();
    policy.ask(List.of(saying(Verdict.GRANT)));
    assertFalse(
        policy.decide(new Caller(key, ""), Action.SUBSCRIBE, TopicPattern.of("a")).granted());
  }

  @Test
  void line3WithoutAnOpinionThePolicyDecides() {
    CurrentPolicy policy = policy(rule(Effect.GRANT, false, "a"));
    policy.ask(List.of(saying(Verdict.ABSTAIN)));
    assertTrue(ask(policy, "a").granted());
    assertFalse(ask(policy, "b").granted());
  }

  @Test
  void line4AnAuthorizerTakesSingleTopicsOutOfANarrowedSubscription() {
    CurrentPolicy policy = policy(rule(Effect.GRANT, true, "a/#"));
    policy.ask(
        List.of(
            (who, action, asked) ->
                asked.toString().equals("a/secret") ? Verdict.DENY : Verdict.ABSTAIN));
    AccessDecision.Narrowed part =
        assertInstanceOf(AccessDecision.Narrowed.class, ask(policy, "#"));
    assertTrue(part.scope().includes(TopicName.of("a/open")));
    assertFalse(part.scope().includes(TopicName.of("a/secret")));
    assertFalse(part.scope().includes(TopicName.of("b")));
  }

  private static PolicyExplanation explain(CurrentPolicy policy, String topic) {
    return PolicyExplanation.of(
        policy, policy.get(), ANN, Action.SUBSCRIBE, TopicPattern.of(topic));
  }

  @Test
  void anExplanationNamesTheRulesThatDecided() {
    CurrentPolicy policy =
        policy(
            rule(Effect.GRANT, false, "a/#"),
            rule(Effect.DENY, false, "a/secret"),
            rule(Effect.GRANT, true, "user/{user}/#"));
    assertEquals(List.of("access[0]"), explain(policy, "a/b").decidedBy());
    assertEquals("granted", explain(policy, "a/b").decision());
    assertEquals(List.of("access[1]"), explain(policy, "a/secret").decidedBy());
    assertEquals("refused", explain(policy, "a/secret").decision());
    assertEquals(List.of("access[1]"), explain(policy, "a/#").decidedBy());
    assertEquals("narrowed", explain(policy, "user/#").decision());
    assertEquals(List.of("access[2]"), explain(policy, "user/#").decidedBy());
    assertEquals(List.of(), explain(policy, "other").decidedBy());
  }

  @Test
  void anExplanationSaysWhyRulesThatSpeakOfTheTopicDidNotApply() {
    AccessRule boss =
        new AccessRule(
            Effect.GRANT,
            List.of(new Who.Role("boss")),
            EnumSet.of(Action.SUBSCRIBE),
            List.of(TopicTemplate.of("a/#")));
    AccessRule tenant =
        new AccessRule(
            Effect.GRANT,
            List.of(Who.ANYONE),
            EnumSet.of(Action.SUBSCRIBE),
            List.of(TopicTemplate.of("+/{claim:absent}")));
    AccessRule level =
        new AccessRule(
            Effect.GRANT,
            List.of(Who.ANYONE),
            EnumSet.of(Action.SUBSCRIBE),
            List.of(TopicTemplate.of("a/b")),
            new Terms(ClaimCondition.of("level > 3"), false, 0));
    assertEquals(
        List.of(
            "access[0] does not speak of this subject",
            "access[1] a placeholder of its topic has no value that can be used",
            "access[2] its condition is not met"),
        explain(policy(boss, tenant, level, rule(Effect.GRANT, false, "z")), "a/b").rules().stream()
            .map(each -> each.rule() + " " + each.outcome())
            .toList());
  }

  @Test
  void anExplanationTellsOfAnAuthorizer() {
    CurrentPolicy policy = policy();
    policy.ask(List.of(saying(Verdict.GRANT)));
    assertEquals(List.of("authorizer"), explain(policy, "a").decidedBy());
    CurrentPolicy denied = policy(rule(Effect.GRANT, false, "a"));
    denied.ask(List.of(saying(Verdict.DENY)));
    assertEquals(List.of("authorizer"), explain(denied, "a").decidedBy());
  }

  @Test
  void line5WhatIsBelowPresenceIsPresenceOfTheTopic() {
    CurrentPolicy policy =
        policy(
            rule(Effect.GRANT, true, "#"),
            rule(Effect.GRANT, true, "$presence/#"),
            new AccessRule(
                Effect.GRANT,
                List.of(Who.ANY_USER),
                EnumSet.of(Action.PRESENCE),
                List.of(TopicTemplate.of("rooms/#"))));
    assertTrue(ask(policy, "$presence/rooms/1").granted());
    assertTrue(ask(policy, "$presence/rooms/#").granted());
    assertInstanceOf(AccessDecision.Refused.class, ask(policy, "$presence/stock/1"));
    assertInstanceOf(AccessDecision.Refused.class, ask(policy, "$presence/#"));
    assertTrue(policy.decide(ANN, Action.HISTORY, TopicPattern.of("$presence/rooms/1")).granted());
    assertFalse(policy.decide(ANN, Action.PUBLISH, TopicPattern.of("$presence/rooms/1")).granted());
  }

  @Test
  void line5ADenialOfPresenceCountsThereToo() {
    CurrentPolicy policy =
        policy(
            new AccessRule(
                Effect.GRANT,
                List.of(Who.ANY_USER),
                EnumSet.allOf(Action.class),
                List.of(TopicTemplate.of("#"), TopicTemplate.of("$presence/#"))),
            new AccessRule(
                Effect.DENY,
                List.of(Who.ANY_USER),
                EnumSet.of(Action.PRESENCE),
                List.of(TopicTemplate.of("secret/#"))));
    assertTrue(ask(policy, "$presence/rooms/1").granted());
    assertFalse(ask(policy, "$presence/secret/1").granted());
    assertFalse(ask(policy, "$presence/#").granted());
  }
}
