package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.Action.HISTORY;
import static io.openclaw.gateway.security.Action.PRESENCE;
import static io.openclaw.gateway.security.Action.PUBLISH;
import static io.openclaw.gateway.security.Action.SUBSCRIBE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.AccessRule.Terms;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {
  private static final Identity ANN = user("ann", Map.of("tenant", "acme"), "trader");
  private static final Identity BOB = user("bob", Map.of());

  static Identity user(String name, Map<String, Object> claims, String... roles) {
    return new Identity(name, Set.of(roles), claims, null, null);
  }

  private static AccessRule rule(Effect effect, Who who, Action action, String... topics) {
    List<TopicTemplate> templates = Arrays.stream(topics).map(TopicTemplate::of).toList();
    return new AccessRule(effect, List.of(who), EnumSet.of(action), templates);
  }

  private static AccessRule may(Who who, Action action, String... topics) {
    return rule(Effect.GRANT, who, action, topics);
  }

  private static AccessRule deny(Who who, Action action, String... topics) {
    return rule(Effect.DENY, who, action, topics);
  }

  private static boolean granted(AccessPolicy policy, Identity who, Action action, String topic) {
    return policy.decide(new Caller(who, ""), action, TopicPattern.of(topic)).granted();
  }

  private static String code(AccessPolicy policy, Identity who, Action action, String topic) {
    return ((AccessDecision.Refused)
            policy.decide(new Caller(who, ""), action, TopicPattern.of(topic)))
        .code();
  }

  private static AccessPolicy policy(AccessRule... rules) {
    return new AccessPolicy(List.of(rules));
  }

  @Nested
  class Line1 {
    @Test
    void publishingToAPatternIsRefusedWhateverIsGranted() {
      AccessPolicy policy = policy(may(Who.ANYONE, PUBLISH, "#"));
      assertFalse(granted(policy, ANN, PUBLISH, "a/+"));
      assertFalse(granted(policy, ANN, PUBLISH, "a/#"));
      assertTrue(granted(policy, ANN, PUBLISH, "a/b"));
    }
  }

  @Nested
  class Line2 {
    @Test
    void onlyRulesForTheActionCount() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "#"), deny(Who.ANYONE, PUBLISH, "#"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a"));
      assertFalse(granted(policy, ANN, HISTORY, "a"));
      assertFalse(granted(policy, ANN, PRESENCE, "a"));
    }

    @Test
    void anyoneIsEverybody() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "a"));
      assertTrue(granted(policy, Identity.ANONYMOUS, SUBSCRIBE, "a"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a"));
    }

    @Test
    void userIsEverybodyWhoSignedIn() {
      AccessPolicy policy = policy(may(Who.ANY_USER, SUBSCRIBE, "a"));
      assertFalse(granted(policy, Identity.ANONYMOUS, SUBSCRIBE, "a"));
      assertTrue(granted(policy, BOB, SUBSCRIBE, "a"));
    }

    @Test
    void aRoleIsWhoeverHasIt() {
      AccessPolicy policy = policy(may(new Who.Role("trader"), SUBSCRIBE, "a"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a"));
      assertFalse(granted(policy, BOB, SUBSCRIBE, "a"));
    }

    @Test
    void aClaimIsWhoeverHasItAloneOrInAList() {
      AccessPolicy policy = policy(may(new Who.Claim("org.dept", "sales"), SUBSCRIBE, "a"));
      Identity alone = user("x", Map.of("org", Map.of("dept", "sales")));
      Identity listed = user("x", Map.of("org", Map.of("dept", List.of("it", "sales"))));
      Identity other = user("x", Map.of("org", Map.of("dept", "it")));
      assertTrue(granted(policy, alone, SUBSCRIBE, "a"));
      assertTrue(granted(policy, listed, SUBSCRIBE, "a"));
      assertFalse(granted(policy, other, SUBSCRIBE, "a"));
    }

    @Test
    void aClaimThatIsANumberIsComparedAsText() {
      AccessPolicy policy = policy(may(new Who.Claim("level", "7"), SUBSCRIBE, "a"));
      assertTrue(granted(policy, user("x", Map.of("level", 7L)), SUBSCRIBE, "a"));
    }

    @Test
    void oneOfSeveralIsEnough() {
      AccessRule rule =
          new AccessRule(
              Effect.GRANT,
              List.of(new Who.Role("boss"), new Who.Role("trader")),
              EnumSet.of(SUBSCRIBE, HISTORY),
              List.of(TopicTemplate.of("a"), TopicTemplate.of("b")));
      assertTrue(granted(policy(rule), ANN, HISTORY, "b"));
    }
  }

  @Nested
  class Line3 {
    @Test
    void aPlaceholderStandsForTheIdentitysOwnValue() {
      AccessPolicy policy =
          policy(may(Who.ANY_USER, SUBSCRIBE, "user/{user}/#", "t/{claim:tenant}/x-{user}"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "user/ann/inbox"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "t/acme/x-ann"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "user/bob/inbox"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "user/+/inbox"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "t/other/x-ann"));
    }

    @Test
    void aGrantDoesNotApplyWithoutAValueThatCanBeUsed() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "t/{claim:tenant}/#", "u/{user}/#"));
      assertFalse(granted(policy, BOB, SUBSCRIBE, "t/acme/x"));
      assertFalse(granted(policy, Identity.ANONYMOUS, SUBSCRIBE, "u/ann/x"));
      for (Object bad : List.of("", "+", "#", "a/b", "acme/#", "a\nb", List.of("acme"), 1.5)) {
        Identity identity = user("x", Map.of("tenant", bad));
        assertFalse(granted(policy, identity, SUBSCRIBE, "t/acme/x"), () -> "value " + bad);
        assertFalse(granted(policy, identity, SUBSCRIBE, "t/+/x"), () -> "value " + bad);
        assertFalse(granted(policy, identity, SUBSCRIBE, "t/#"), () -> "value " + bad);
      }
    }

    @Test
    void aValueCannotReachTheGatewaysOwnTopics() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "{user}/#"));
      assertFalse(granted(policy, user("$sys", Map.of()), SUBSCRIBE, "$sys/nodes"));
      assertTrue(granted(policy, user("sys", Map.of()), SUBSCRIBE, "sys/nodes"));
    }

    @Test
    void aDenialWithoutAValueThatCanBeUsedStandsForEveryValue() {
      AccessPolicy policy =
          policy(may(Who.ANYONE, SUBSCRIBE, "#"), deny(Who.ANYONE, SUBSCRIBE, "{claim:tenant}/x"));
      assertFalse(granted(policy, BOB, SUBSCRIBE, "acme/x"));
      assertTrue(granted(policy, BOB, SUBSCRIBE, "acme/y"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "acme/x"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "other/x"));
    }
  }

  private static AccessRule when(Effect effect, String condition, String... topics) {
    List<TopicTemplate> templates = Arrays.stream(topics).map(TopicTemplate::of).toList();
    return new AccessRule(
        effect,
        List.of(Who.ANYONE),
        EnumSet.of(SUBSCRIBE, PUBLISH),
        templates,
        new Terms(ClaimCondition.of(condition), false, 0));
  }

  @Nested
  class Line4 {
    @Test
    void aGrantAppliesOnlyIfItsConditionIsTrue() {
      AccessPolicy policy = policy(when(Effect.GRANT, "tenant = 'acme'", "a/#"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a/b"));
      assertFalse(granted(policy, BOB, SUBSCRIBE, "a/b"));
      assertFalse(granted(policy, user("x", Map.of("tenant", "other")), SUBSCRIBE, "a/b"));
      assertFalse(granted(policy, user("x", Map.of("tenant", List.of("acme"))), SUBSCRIBE, "a/b"));
    }

    @Test
    void aDenialAppliesUnlessItsConditionIsFalse() {
      AccessPolicy policy =
          policy(may(Who.ANYONE, SUBSCRIBE, "#"), when(Effect.DENY, "level < 3", "a/#"));
      assertFalse(granted(policy, user("x", Map.of("level", 2L)), SUBSCRIBE, "a/b"));
      assertTrue(granted(policy, user("x", Map.of("level", 3L)), SUBSCRIBE, "a/b"));
      assertFalse(granted(policy, BOB, SUBSCRIBE, "a/b"), "no claim: unknown");
    }

    @Test
    void aConditionKnowsTheLevelsOfTheTopic() {
      AccessPolicy policy = policy(when(Effect.GRANT, "\"org.region\" = $2", "orders/+/#"));
      Identity eu = user("x", Map.of("org", Map.of("region", "eu")));
      assertTrue(granted(policy, eu, SUBSCRIBE, "orders/eu/new"));
      assertTrue(granted(policy, eu, SUBSCRIBE, "orders/eu/#"));
      assertFalse(granted(policy, eu, SUBSCRIBE, "orders/us/#"));
      assertFalse(granted(policy, eu, SUBSCRIBE, "orders/+/new"), "a wildcard is unknown");
      assertFalse(granted(policy, eu, SUBSCRIBE, "orders/#"));
    }

    @Test
    void aConditionOnALevelThatIsAskedForWithAWildcardDoesNotRuleADenialOut() {
      AccessPolicy policy =
          policy(may(Who.ANYONE, SUBSCRIBE, "#"), when(Effect.DENY, "$2 = 'secret'", "a/+"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "a/secret"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a/open"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "a/+"));
    }

    @Test
    void aConditionKnowsUserIssuerAddressAndTopic() {
      for (String condition :
          List.of(
              "$user = 'ann'",
              "$address LIKE '192.0.2.%'",
              "$topic = 'a/b'",
              "$issuer IS NULL",
              "$user IS NOT NULL AND $17 IS NULL AND $x IS NULL AND $0 IS NULL")) {
        AccessPolicy policy = policy(when(Effect.GRANT, condition, "a/b"));
        Caller ann = new Caller(ANN, "192.0.2.7");
        assertTrue(policy.decide(ann, PUBLISH, TopicPattern.of("a/b")).granted(), condition);
      }
    }

    @Test
    void whatIsUnknownMakesTheWholeConditionUnknown() {
      for (String condition : List.of("a = b", "NOT (a = 1)", "a <> 1", "a = 1 OR $user = 'bob'")) {
        AccessPolicy grant = policy(when(Effect.GRANT, condition, "t"));
        assertFalse(granted(grant, BOB, SUBSCRIBE, "t"), condition);
        AccessPolicy denial =
            policy(may(Who.ANYONE, SUBSCRIBE, "#"), when(Effect.DENY, condition, "t"));
        assertFalse(granted(denial, BOB, SUBSCRIBE, "t"), condition);
      }
    }

    @Test
    void whetherSomethingIsKnownCanBeAsked() {
      assertTrue(granted(policy(when(Effect.GRANT, "a IS NULL", "t")), BOB, SUBSCRIBE, "t"));
      assertTrue(
          granted(policy(when(Effect.GRANT, "a IS NULL OR a = 1", "t")), BOB, SUBSCRIBE, "t"));
      AccessPolicy denial =
          policy(
              may(Who.ANYONE, SUBSCRIBE, "#"),
              when(Effect.DENY, "tenant IS NOT NULL AND tenant <> 'acme'", "t"));
      assertTrue(granted(denial, BOB, SUBSCRIBE, "t"));
      assertTrue(granted(denial, ANN, SUBSCRIBE, "t"));
      assertFalse(granted(denial, user("x", Map.of("tenant", "other")), SUBSCRIBE, "t"));
    }

    @Test
    void aTextThatIsNoConditionOrBreaksOutOfOneIsRefused() {
      for (String bad :
          List.of("", "level >", "TRUE) OR (TRUE", "a = 'x", "XPATH '/a'", "x".repeat(1_001))) {
        assertThrows(IllegalArgumentException.class, () -> ClaimCondition.of(bad), bad);
      }
    }
  }

  @Nested
  class Line5 {
    @Test
    void aDenialWinsOverEveryGrant() {
      AccessPolicy policy =
          policy(
              deny(Who.ANYONE, PUBLISH, "ops/#"),
              may(new Who.Role("trader"), PUBLISH, "ops/x"),
              may(Who.ANYONE, PUBLISH, "#"));
      assertFalse(granted(policy, ANN, PUBLISH, "ops/x"));
      assertTrue(granted(policy, ANN, PUBLISH, "other"));
    }

    @Test
    void aDenialOfAPartRefusesThePatternThatOverlapsIt() {
      AccessPolicy policy =
          policy(may(Who.ANYONE, SUBSCRIBE, "#"), deny(Who.ANYONE, SUBSCRIBE, "a/secret/#"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "#"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "a/+"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "+/secret/x"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "a/open/#"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "+"));
    }
  }

  @Nested
  class Line6 {
    @Test
    void aGrantCoversEveryTopicOfThePatternAskedFor() {
      AccessPolicy policy = policy(may(Who.ANYONE, HISTORY, "stock/+/price", "iot/#"));
      assertTrue(granted(policy, ANN, HISTORY, "stock/+/price"));
      assertTrue(granted(policy, ANN, HISTORY, "iot/a/+"));
      assertFalse(granted(policy, ANN, HISTORY, "stock/#"));
      assertFalse(granted(policy, ANN, HISTORY, "#"));
    }

    @Test
    void onePatternMustCoverItAlone() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "a", "a/+/#"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "a/#"));
    }

    @Test
    void aWildcardDoesNotCoverTheGatewaysOwnTopics() {
      AccessPolicy policy = policy(may(Who.ANYONE, SUBSCRIBE, "#"));
      assertFalse(granted(policy, ANN, SUBSCRIBE, "$sys/nodes"));
    }
  }

  private static AccessRule narrowing(Who who, String... topics) {
    List<TopicTemplate> templates = Arrays.stream(topics).map(TopicTemplate::of).toList();
    return new AccessRule(
        Effect.GRANT,
        List.of(who),
        EnumSet.of(SUBSCRIBE, HISTORY),
        templates,
        new Terms(null, true, 0));
  }

  @Nested
  class Line7 {
    private final AccessPolicy policy =
        policy(
            narrowing(Who.ANY_USER, "user/{user}/#", "news/#"),
            may(new Who.Role("trader"), SUBSCRIBE, "stock/+"),
            deny(Who.ANYONE, SUBSCRIBE, "news/internal/#"));

    private static AccessDecision.Narrowed narrowed(
        AccessPolicy policy, Identity who, String asked) {
      return (AccessDecision.Narrowed)
          policy.decide(new Caller(who, ""), SUBSCRIBE, TopicPattern.of(asked));
    }

    private static boolean includes(AccessDecision.Narrowed decision, String topic) {
      return decision.scope().includes(TopicName.of(topic));
    }

    @Test
    void moreThanIsGrantedIsNarrowedToWhatIs() {
      AccessDecision.Narrowed everything = narrowed(policy, ANN, "#");
      assertFalse(everything.granted(), "who cannot keep to a part must not take it for all");
      assertTrue(includes(everything, "user/ann/inbox"));
      assertFalse(includes(everything, "user/bob/inbox"));
      assertTrue(includes(everything, "news/sport"));
      assertFalse(includes(everything, "news/internal/x"));
      assertTrue(includes(everything, "stock/AAPL"), "by a rule that does not narrow itself");
      assertFalse(includes(everything, "other"));
    }

    @Test
    void whatIsGrantedAsAWholeIsNotNarrowed() {
      assertTrue(granted(policy, ANN, SUBSCRIBE, "news/sport/#"));
      assertTrue(granted(policy, ANN, SUBSCRIBE, "user/ann/#"));
    }

    @Test
    void withoutARuleThatNarrowsAPartIsRefused() {
      assertEquals("forbidden", code(policy, ANN, SUBSCRIBE, "stock/#"));
      assertEquals("forbidden", code(policy, BOB, SUBSCRIBE, "other/#"));
    }

    @Test
    void onlySubscriptionsAreNarrowed() {
      assertEquals("forbidden", code(policy, ANN, HISTORY, "#"));
      assertEquals("forbidden", code(policy, ANN, PUBLISH, "#"));
    }

    @Test
    void oneTopicIsNotNarrowed() {
      assertEquals("forbidden", code(policy, ANN, SUBSCRIBE, "user/bob/inbox"));
    }

    @Test
    void whatIsDeniedAsAWholeIsNotNarrowed() {
      assertEquals("forbidden", code(policy, ANN, SUBSCRIBE, "news/internal/#"));
    }

    @Test
    void theSameRulesWithTheSameValuesGiveEqualScopesWhoeverAsks() {
      AccessPolicy byRole = policy(narrowing(new Who.Role("trader"), "stock/#"));
      Identity one = new Identity("one", Set.of("trader"), Map.of("jti", "1"), "1", null);
      Identity two = new Identity("two", Set.of("trader", "x"), Map.of("jti", "2"), "2", null);
      assertEquals(narrowed(byRole, one, "#"), narrowed(byRole, two, "#"));
      assertNotEquals(narrowed(policy, ANN, "#"), narrowed(policy, BOB, "#"));
    }

    @Test
    void aBoundHoldsIfAllThatGrantAPartHaveOne() {
      AccessPolicy bounded =
          policy(
              new AccessRule(
                  Effect.GRANT,
                  List.of(Who.ANYONE),
                  EnumSet.of(SUBSCRIBE),
                  List.of(TopicTemplate.of("a/#")),
                  new Terms(null, true, 5)));
      assertEquals(5, narrowed(bounded, ANN, "#").part().maxRate());
      assertEquals(0, narrowed(policy, ANN, "#").part().maxRate());
    }
  }

  @Nested
  class Line8 {
    @Test
    void nothingMatchesMeansNo() {
      assertFalse(granted(AccessPolicy.NOTHING, ANN, SUBSCRIBE, "a"));
      assertFalse(granted(policy(may(Who.ANYONE, SUBSCRIBE, "a")), ANN, SUBSCRIBE, "b"));
    }
  }

  @Nested
  class Line9 {
    @Test
    void aRefusalIsUnauthorizedIfSigningInCouldHelp() {
      AccessPolicy policy = policy(may(Who.ANY_USER, SUBSCRIBE, "a/{user}"));
      assertEquals("unauthorized", code(policy, Identity.ANONYMOUS, SUBSCRIBE, "a/ann"));
    }

    @Test
    void aRefusalIsForbiddenForWhoSignedIn() {
      AccessPolicy policy = policy(may(new Who.Role("boss"), SUBSCRIBE, "a"));
      assertEquals("forbidden", code(policy, ANN, SUBSCRIBE, "a"));
    }

    @Test
    void aRefusalIsForbiddenIfItIsGrantedToNobody() {
      AccessPolicy policy = policy(may(Who.ANY_USER, SUBSCRIBE, "a"));
      assertEquals("forbidden", code(policy, Identity.ANONYMOUS, SUBSCRIBE, "b"));
      assertEquals("forbidden", code(policy, Identity.ANONYMOUS, PUBLISH, "a"));
    }

    @Test
    void aRefusalIsForbiddenIfItIsDeniedToEverybody() {
      AccessPolicy policy =
          policy(may(Who.ANY_USER, SUBSCRIBE, "a"), deny(Who.ANYONE, SUBSCRIBE, "a"));
      assertEquals("forbidden", code(policy, Identity.ANONYMOUS, SUBSCRIBE, "a"));
    }

    @Test
    void theMessageSaysWhatWasRefused() {
      AccessDecision decision =
          AccessPolicy.NOTHING.decide(new Caller(ANN, ""), PUBLISH, TopicName.of("stock/AAPL"));
      assertEquals(
          new AccessDecision.Refused("forbidden", "publishing to stock/AAPL is not granted to you"),
          decision);
    }
  }

  @Nested
  class Line10 {
    private static AccessRule mayAtMost(int maxRate, Who who, Action action, String topic) {
      List<TopicTemplate> topics = List.of(TopicTemplate.of(topic));
      Set<Action> actions = EnumSet.of(SUBSCRIBE, action);
      return new AccessRule(
          Effect.GRANT, List.of(who), actions, topics, new Terms(null, false, maxRate));
    }

    private static int maxRate(AccessPolicy policy, Identity who, Action action, String topic) {
      AccessDecision decision = policy.decide(new Caller(who, ""), action, TopicPattern.of(topic));
      return ((AccessDecision.Granted) decision).maxRate();
    }

    @Test
    void aGrantIsBoundedAsItsRuleIs() {
      AccessPolicy policy = policy(mayAtMost(10, Who.ANYONE, HISTORY, "a/#"));
      assertEquals(10, maxRate(policy, ANN, SUBSCRIBE, "a/b"));
      assertEquals(0, maxRate(policy, ANN, HISTORY, "a/b"));
    }

    @Test
    void theMostGenerousOfSeveralRulesCounts() {
      AccessPolicy policy =
          policy(
              mayAtMost(10, Who.ANYONE, HISTORY, "a/#"),
              mayAtMost(50, new Who.Role("trader"), HISTORY, "a/b"),
              mayAtMost(20, Who.ANYONE, HISTORY, "#"));
      assertEquals(50, maxRate(policy, ANN, SUBSCRIBE, "a/b"));
      assertEquals(20, maxRate(policy, BOB, SUBSCRIBE, "a/b"));
    }

    @Test
    void aRuleWithoutABoundIsTheMostGenerous() {
      AccessPolicy policy =
          policy(mayAtMost(10, Who.ANYONE, HISTORY, "a"), may(Who.ANY_USER, SUBSCRIBE, "#"));
      assertEquals(0, maxRate(policy, ANN, SUBSCRIBE, "a"));
      assertEquals(10, maxRate(policy, Identity.ANONYMOUS, SUBSCRIBE, "a"));
    }

    @Test
    void aRuleThatDoesNotCoverAllThatIsAskedForDoesNotCount() {
      AccessPolicy policy =
          policy(mayAtMost(10, Who.ANYONE, HISTORY, "#"), may(Who.ANYONE, SUBSCRIBE, "a/b"));
      assertEquals(10, maxRate(policy, ANN, SUBSCRIBE, "a/+"));
    }

    @Test
    void theBoundHoldsWhateverIsAskedFor() {
      AccessDecision.Granted bounded = new AccessDecision.Granted(10);
      assertEquals(10, bounded.within(0));
      assertEquals(10, bounded.within(11));
      assertEquals(9, bounded.within(9));
      assertEquals(9, AccessDecision.GRANTED.within(9));
      assertEquals(0, AccessDecision.GRANTED.within(0));
    }
  }

  @Test
  void grantsAnyoneSomethingOnlyIfWhoNeverSignsInMayDoAnything() {
    assertTrue(policy(may(Who.ANYONE, SUBSCRIBE, "a")).grantsAnyoneSomething());
    assertFalse(policy(may(Who.ANY_USER, SUBSCRIBE, "a")).grantsAnyoneSomething());
    assertFalse(policy(may(Who.ANYONE, SUBSCRIBE, "u/{user}")).grantsAnyoneSomething());
    assertFalse(policy(deny(Who.ANYONE, SUBSCRIBE, "a")).grantsAnyoneSomething());
    assertFalse(AccessPolicy.NOTHING.grantsAnyoneSomething());
  }

  @Nested
  class Line11 {
    private Identity holder(Scope... scopes) {
      Authority.Scoped authority = new Authority.Scoped(List.of(scopes));
      return new Identity(
          Identity.API_KEYS, "collector", Set.of(), Map.of(), null, null, null, authority);
    }

    private Scope scope(Action action, String... topics) {
      return new Scope(EnumSet.of(action), Arrays.stream(topics).map(TopicPattern::of).toList());
    }

    @Test
    void theHolderOfAnApiKeyMayDoWhatItsScopesSay() {
      Identity holder = holder(scope(PUBLISH, "orders/#"), scope(SUBSCRIBE, "a", "acks/+"));
      assertTrue(granted(AccessPolicy.NOTHING, holder, PUBLISH, "orders/1"));
      assertTrue(granted(AccessPolicy.NOTHING, holder, SUBSCRIBE, "acks/+"));
      assertFalse(granted(AccessPolicy.NOTHING, holder, SUBSCRIBE, "orders/1"));
      assertFalse(granted(AccessPolicy.NOTHING, holder, SUBSCRIBE, "acks/#"));
      assertFalse(granted(AccessPolicy.NOTHING, holder, PUBLISH, "orders/+"));
    }

    @Test
    void noGrantingRuleAppliesToTheHolderOfAnApiKey() {
      AccessPolicy policy = policy(may(Who.ANYONE, PUBLISH, "#"), may(Who.ANY_USER, PUBLISH, "#"));
      assertEquals("forbidden", code(policy, holder(scope(PUBLISH, "orders/#")), PUBLISH, "a"));
      assertEquals("forbidden", code(policy, holder(), PUBLISH, "a"));
    }

    @Test
    void denyingRulesHoldForApiKeysToo() {
      Identity holder = holder(scope(PUBLISH, "orders/#"));
      AccessPolicy policy = policy(deny(Who.ANYONE, PUBLISH, "orders/secret/#"));
      assertFalse(granted(policy, holder, PUBLISH, "orders/secret/1"));
      assertTrue(granted(policy, holder, PUBLISH, "orders/1"));
      assertFalse(granted(policy(deny(Who.ANY_USER, PUBLISH, "#")), holder, PUBLISH, "orders/1"));
    }

    @Test
    void aScopeDoesNotCoverTheGatewaysOwnTopics() {
      assertFalse(
          granted(AccessPolicy.NOTHING, holder(scope(SUBSCRIBE, "#")), SUBSCRIBE, "$sys/nodes"));
    }
  }
}
