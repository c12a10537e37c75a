package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.AccessRule.Terms;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wildcards never widen: what a narrowed subscription brings is what would be granted alone. */
class NarrowedScopeTest {
  private static final List<String> LEVELS = List.of("a", "b", "ann");

  @Property(tries = 2_000, seed = "4711")
  void aNarrowedSubscriptionBringsExactlyWhatWouldBeGrantedTopicByTopic(
      @ForAll("rules") List<AccessRule> rules,
      @ForAll("callers") Caller who,
      @ForAll("patterns") String asked) {
    AccessPolicy policy = new AccessPolicy(rules);
    TopicPattern pattern = TopicPattern.of(asked);
    AccessDecision decision = policy.decide(who, Action.SUBSCRIBE, pattern);
    for (TopicName topic : topics()) {
      if (pattern.matches(topic)) {
        boolean alone = policy.decide(who, Action.SUBSCRIBE, topic).granted();
        check(decision, topic, alone, rules);
      }
    }
  }

  private static void check(
      AccessDecision decision, TopicName topic, boolean alone, List<AccessRule> rules) {
    if (decision instanceof AccessDecision.Narrowed narrowed) {
      assertEquals(alone, narrowed.scope().includes(topic), () -> topic + " by " + rules);
    } else {
      assertFalse(decision.granted() && !alone, () -> topic + " comes but is not granted " + rules);
    }
  }

  private static List<TopicName> topics() {
    return LEVELS.stream()
        .flatMap(one -> LEVELS.stream().map(two -> one + "/" + two))
        .flatMap(two -> LEVELS.stream().map(three -> two + "/" + three))
        .flatMap(three -> List.of(three, three.substring(0, three.lastIndexOf('/'))).stream())
        .distinct()
        .map(TopicName::of)
        .toList();
  }

  @Provide
  Arbitrary<List<AccessRule>> rules() {
    Arbitrary<Effect> effects = Arbitraries.of(Effect.GRANT, Effect.GRANT, Effect.DENY);
    Arbitrary<Who> who =
        Arbitraries.of(Who.ANYONE, Who.ANY_USER, new Who.Role("r"), new Who.Claim("c", "a"));
    Arbitrary<String> topics =
        Arbitraries.of("#", "a/#", "+/b/#", "{user}/#", "a/{claim:c}/+", "b/+", "+/+/a", "a/b");
    Arbitrary<String> conditions =
        Arbitraries.of("", "", "c = 'a'", "$2 = c", "$1 <> 'b'", "level > 1", "$user = $3");
    return Combinators.combine(effects, who, topics, conditions, Arbitraries.of(true, false))
        .as(NarrowedScopeTest::rule)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static AccessRule rule(
      Effect effect, Who who, String topic, String condition, boolean narrows) {
    return new AccessRule(
        effect,
        List.of(who),
        EnumSet.of(Action.SUBSCRIBE),
        List.of(TopicTemplate.of(topic)),
        new Terms(
            condition.isEmpty() ? null : ClaimCondition.of(condition),
            narrows && effect == Effect.GRANT,
            0));
  }

  @Provide
  Arbitrary<Caller> callers() {
    Arbitrary<String> users = Arbitraries.of("", "ann", "a", "b");
    List<Map<String, Object>> some =
        List.of(Map.of(), Map.of("c", "a"), Map.of("c", "b", "level", 2L), Map.of("level", 1L));
    Arbitrary<Map<String, Object>> claims = Arbitraries.of(some);
    return Combinators.combine(users, claims, Arbitraries.of(List.of("x"), List.of("x", "r")))
        .as(NarrowedScopeTest::caller);
  }

  private static Caller caller(String user, Map<String, Object> claims, List<String> roles) {
    return new Caller(new Identity(user, Set.copyOf(roles), claims, null, null), "");
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("#", "a/#", "+/b", "+/+", "a/+/a", "+/b/#", "b/#", "ann/#", "a/b");
  }
}
