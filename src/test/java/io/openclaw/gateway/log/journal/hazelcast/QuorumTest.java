package io.openclaw.gateway.log.journal.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.log.journal.hazelcast.Quorum.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
  private static final Set<String> ALL = Set.of("a", "b", "c", "d");

  private static Verdict left(QuorumRule rule, Set<String> alive) {
    Quorum quorum = new Quorum(rule, 1_000);
    quorum.verdict(ALL, 0);
    agree(quorum, alive);
    return quorum.verdict(alive, 0);
  }

  private static void agree(Quorum quorum, Set<String> alive) {
    alive.forEach(member -> quorum.sees(member, Quorum.view(alive)));
  }

  @ParameterizedTest
  @CsvSource({
    "MAJORITY, GO_ON, WAIT, WAIT",
    "HALF, GO_ON, NEW_LIFE, WAIT",
    "NONE, GO_ON, NEW_LIFE, NEW_LIFE"
  })
  void decidesByHowManyAreLeft(QuorumRule rule, Verdict more, Verdict half, Verdict fewer) {
    assertEquals(more, left(rule, Set.of("a", "b", "c")));
    assertEquals(half, left(rule, Set.of("a", "b")));
    assertEquals(fewer, left(rule, Set.of("a")));
  }

  @Test
  void whoSaidGoodbyeIsNotMissed() {
    Quorum quorum = new Quorum(QuorumRule.MAJORITY, 1_000);
    quorum.verdict(ALL, 0);
    quorum.leaves("b");
    quorum.leaves("c");
    quorum.leaves("d");
    agree(quorum, Set.of("a"));
    assertEquals(Verdict.GO_ON, quorum.verdict(Set.of("a"), 0));
  }

  @Test
  void whoVanishedIsForgottenAfterAWhileByThoseWhoAreEnough() {
    Quorum quorum = new Quorum(QuorumRule.MAJORITY, 1_000);
    quorum.verdict(ALL, 0);
    Set<String> three = Set.of("a", "b", "c");
    quorum.verdict(three, 0);
    assertEquals(Verdict.WAIT, quorum.verdict(Set.of("a", "b"), 999));
    quorum.verdict(three, 999);
    quorum.verdict(three, 1_001);
    agree(quorum, Set.of("a", "b"));
    assertEquals(Verdict.GO_ON, quorum.verdict(Set.of("a", "b"), 1_001));
  }

  @Test
  void thoseWhoAreTooFewNeverBecomeAllThereWere() {
    Quorum quorum = new Quorum(QuorumRule.MAJORITY, 1_000);
    quorum.verdict(ALL, 0);
    assertEquals(Verdict.WAIT, quorum.verdict(Set.of("a"), 1));
    assertEquals(Verdict.WAIT, quorum.verdict(Set.of("a"), 1_000_000));
    assertEquals(Verdict.GO_ON, quorum.verdict(Set.of("a", "b", "c"), 1_000_001));
  }

  @Test
  void aNewLifeBeginsWithThoseWhoAreThere() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    quorum.verdict(ALL, 0);
    assertEquals(Verdict.NEW_LIFE, quorum.verdict(Set.of("a", "b"), 0));
    quorum.reset(Set.of("a", "b"));
    assertEquals(Verdict.GO_ON, quorum.verdict(Set.of("a", "b"), 0));
  }

  @Test
  void whoSeesOthersVanishIsUnsureUntilMoreThanHalfSeeTheSame() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    agree(quorum, ALL);
    quorum.verdict(ALL, 0);
    Set<String> three = Set.of("a", "b", "c");
    quorum.sees("a", Quorum.view(three));
    quorum.sees("b", Quorum.view(three));
    assertEquals(Verdict.UNSURE, quorum.verdict(three, 0));
    quorum.sees("c", Quorum.view(three));
    assertEquals(Verdict.GO_ON, quorum.verdict(three, 0));
  }

  @Test
  void whoSeesOneVanishAfterTheOtherNeverGoesOn() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    agree(quorum, ALL);
    quorum.verdict(ALL, 0);
    quorum.sees("a", Quorum.view(Set.of("a", "b", "c")));
    assertEquals(Verdict.UNSURE, quorum.verdict(Set.of("a", "b", "c"), 0));
    assertEquals(Verdict.WAIT, quorum.verdict(Set.of("a"), 1));
  }

  @Test
  void whatMembersSawBeforeOthersJoinedDoesNotCount() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    Set<String> three = Set.of("a", "b", "c");
    agree(quorum, three);
    quorum.verdict(three, 0);
    agree(quorum, ALL);
    quorum.verdict(ALL, 0);
    assertEquals(Verdict.UNSURE, quorum.verdict(three, 0));
  }

  @Test
  void whoSeesNobodyElseVanishForAWhileIsSure() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    quorum.verdict(ALL, 0);
    Set<String> three = Set.of("a", "b", "c");
    assertEquals(Verdict.UNSURE, quorum.verdict(three, 0));
    assertEquals(Verdict.UNSURE, quorum.verdict(three, 1_000));
    assertEquals(Verdict.GO_ON, quorum.verdict(three, 1_001));
  }

  @Test
  void whoJoinsAgainUnderAnotherIdDoesNotMissItself() {
    Quorum quorum = new Quorum(QuorumRule.HALF, 1_000);
    quorum.verdict(Set.of("a", "b", "c"), 0);
    quorum.verdict(Set.of("c"), 0);
    quorum.isAnother("c");
    quorum.verdict(Set.of("a", "b", "d"), 0);
    agree(quorum, Set.of("a", "d"));
    assertEquals(Verdict.GO_ON, quorum.verdict(Set.of("a", "d"), 0));
  }
}
