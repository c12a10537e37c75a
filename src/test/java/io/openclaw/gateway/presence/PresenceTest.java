package io.openclaw.gateway.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.ManualCluster;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Presence.StateResult;
import io.openclaw.gateway.protocol.MemberText;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import io.openclaw.gateway.topic.TopicRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence of one node, whose writer takes its steps when it is told to. */
class PresenceTest {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final TopicName ROOM = TopicName.of("rooms/1");
  private static final TopicRule WITH_PRESENCE =
      new TopicRule(TopicPattern.of("rooms/#"), TopicMode.EVENTS, true);
  private static final Identity ADA = user("ada");

  private final ManualTime time = new ManualTime();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final MemoryTopicLog memory = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final InterceptedLog log = InterceptedLog.beforeAppend(memory, this::failIfBroken);
  private final TopicRules rules = new TopicRules(List.of(WITH_PRESENCE));
  private final ManualCluster cluster = new ManualCluster("n1");
  private final Presence presence =
      new Presence(
          "n1",
          new PresenceSettings(GRACE, 5, 3, 20, Duration.ofMillis(100)),
          rules,
          Spaces.of(log),
          time);
  private final PresenceWriter writer = new PresenceWriter(presence, cluster);

  private static Identity user(String name) {
    return new Identity(name, Set.of(), Map.of(), null, null);
  }

  private void failIfBroken() {
    if (broken.get()) {
      throw new IllegalStateException("broken by the test");
    }
  }

  private void join(String session, Identity who, String pattern) {
    presence.subscribed(session, who, TopicPattern.of(pattern));
  }

  private void join(String session) {
    join(session, ADA, "rooms/1");
  }

  private void leave(String session) {
    presence.unsubscribed(session, TopicPattern.of("rooms/1"));
  }

  private void write() {
    writer.step();
  }

  private void pass(Duration duration) {
    time.pass(duration);
    write();
  }

  /** What was published on the topic of the room: {@code +s1} and {@code -s1}. */
  private List<String> comingsAndGoings() {
    return memory.readAfter(0, 1_000).stream()
        .filter(each -> each.topic().toString().equals("$presence/rooms/1"))
        .map(each -> (each.removed() ? "-" : "+") + each.key())
        .toList();
  }

  private List<Publication> values(String pattern) {
    return memory.snapshot(TopicPattern.of(pattern)).values();
  }

  private String member(String session, @Nullable String user, @Nullable String state) {
    return MemberText.of("n1", session, user, time.getAsLong(), state);
  }

  private void publish(String node, String session) {
    Payload text = new Payload.Json(MemberText.of(node, session, "bob", 1, null));
    TopicName topic = TopicName.of("$presence/rooms/1");
    memory.append(List.of(new Draft(topic, session, text, false, null, null)));
  }

  // Joining and leaving.

  @Test
  void whoSubscribesToATopicIsOnIt() {
    join("s1");
    write();
    Publication value = values("$presence/rooms/1").get(0);
    assertEquals("s1", value.key());
    assertEquals(new Payload.Json(member("s1", "ada", null)), value.payload());
    assertEquals(new Presence.Attendants(1, List.of(member("s1", "ada", null))), presence.on(ROOM));
  }

  @Test
  void whoHasNotSignedInHasNoName() {
    join("s1", Identity.ANONYMOUS, "rooms/1");
    assertEquals(List.of(member("s1", null, null)), presence.on(ROOM).members());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rooms/+", "rooms/#", "stock/1", "$presence/rooms/1", "#"})
  void nobodyJoinsByAPatternOrOnAnotherTopic(String pattern) {
    join("s1", ADA, pattern);
    write();
    assertEquals(0, presence.count());
    assertEquals(0, memory.head().offset());
  }

  @Test
  void aTopicWhoseNameIsTooLongHasNone() {
    String topic = "rooms" + "/a".repeat(15);
    join("s1", ADA, topic);
    assertFalse(presence.isKept(TopicName.of(topic)));
    assertEquals(0, presence.count());
    assertTrue(presence.isKept(TopicName.of("rooms" + "/a".repeat(14))));
  }

  @Test
  void whoUnsubscribesIsGoneAtOnce() {
    join("s1");
    write();
    leave("s1");
    write();
    assertEquals(List.of("+s1", "-s1"), comingsAndGoings());
    assertEquals(List.of(), values("$presence/#"));
  }

  @Test
  void subscribingAgainIsNoSecondJoin() {
    join("s1");
    write();
    pass(Duration.ofSeconds(1));
    join("s1");
    write();
    assertEquals(List.of("+s1"), comingsAndGoings());
  }

  @Test
  void whatIsOverBeforeItWasWrittenIsNotWritten() {
    join("s1");
    leave("s1");
    write();
    assertEquals(List.of(), comingsAndGoings());
  }

  @Test
  void theNodeThatIsAskedKnowsItsOwnBeforeTheLogDoes() {
    join("s1");
    assertEquals(1, presence.on(ROOM).count());
    write();
    leave("s1");
    assertEquals(0, presence.on(ROOM).count());
  }

  @Test
  void aSessionThatIsGoneLeavesAllItsTopicsAfterTheGrace() {
    join("s1");
    join("s1", ADA, "rooms/2");
    write();
    presence.gone("s1");
    pass(GRACE.minusMillis(1));
    assertEquals(2, values("$presence/#").size());
    pass(Duration.ofMillis(1));
    assertEquals(0, values("$presence/#").size());
    assertEquals(0, presence.count());
  }

  @Test
  void theWriterWakesUpWhenTheGraceIsOver() {
    join("s1");
    write();
    presence.gone("s1");
    time.pass(GRACE.minusMillis(300));
    assertEquals(Duration.ofMillis(300), writer.step());
  }

  @Test
  void whoComesBackAtOnceIsNeverSeenToBeAway() {
    join("s1");
    write();
    presence.gone("s1");
    pass(Duration.ofSeconds(1));
    join("s2");
    write();
    pass(Duration.ofSeconds(1));
    assertEquals(List.of("+s1", "+s2", "-s1"), comingsAndGoings());
  }

  @Test
  void whoActsForSomebodyElseIsSeenAsThatAndSinceTheSameMoment() {
    join("s1");
    write();
    String before = member("s1", "bob", null);
    pass(Duration.ofSeconds(5));
    join("s1", user("bob"), "rooms/1");
    write();
    assertEquals(List.of(before), presence.on(ROOM).members());
    assertEquals(new Payload.Json(before), values("$presence/rooms/1").get(0).payload());
  }

  @Test
  void aTopicCanGetAndLosePresenceWhileItIsSubscribedTo() {
    rules.replace(List.of());
    join("s1");
    assertEquals(0, presence.count());
    rules.replace(List.of(WITH_PRESENCE));
    join("s1");
    write();
    rules.replace(List.of());
    join("s1");
    write();
    assertEquals(List.of("+s1", "-s1"), comingsAndGoings());
  }

  // Bounds.

  @Test
  void whoIsTooMuchDoesNotJoinUntilThereIsAPlace() {
    for (int i = 1; i <= 6; i++) {
      join("s" + i);
    }
    assertEquals(5, presence.count());
    assertEquals(1, presence.refused());
    leave("s1");
    join("s6");
    assertEquals(5, presence.on(ROOM).count());
  }

  @Test
  void countsAllAndListsTheFirst() {
    for (int i = 1; i <= 5; i++) {
      join("s" + i);
    }
    write();
    assertEquals(5, presence.on(ROOM).count());
    assertEquals(3, presence.on(ROOM).members().size());
  }

  // States.

  private StateResult state(String session, String json) {
    return presence.state(session, ROOM, new Payload.Json(json));
  }

  @Test
  void aStateIsSeenAndCanBeTakenBack() {
    join("s1");
    assertEquals(StateResult.SET, state("s1", "{\"typing\":true}"));
    assertEquals(List.of(member("s1", "ada", "{\"typing\":true}")), presence.on(ROOM).members());
    String after = member("s1", "ada", null);
    time.pass(Duration.ofMillis(100));
    assertEquals(StateResult.SET, state("s1", "null"));
    assertEquals(List.of(after), presence.on(ROOM).members());
  }

  @Test
  void aStateIsNotSetTooOftenNorTooLargeNorByWhoIsNotThere() {
    join("s1");
    assertEquals(StateResult.SET, state("s1", "1"));
    assertEquals(StateResult.TOO_FAST, state("s1", "2"));
    assertEquals(StateResult.TOO_LARGE, state("s1", '"' + "x".repeat(20) + '"'));
    assertEquals(StateResult.NOT_A_MEMBER, state("s2", "1"));
  }

  @Test
  void ofStatesThatAreNotWrittenYetTheLastOneIs() {
    join("s1");
    write();
    for (int i = 1; i <= 3; i++) {
      time.pass(Duration.ofMillis(100));
      state("s1", String.valueOf(i));
    }
    write();
    assertEquals(List.of("+s1", "+s1"), comingsAndGoings());
  }

  // Faults.

  @Test
  void whatCouldNotBeWrittenIsWrittenLaterAsItIsThen() {
    broken.set(true);
    join("s1");
    join("s2");
    write();
    leave("s1");
    broken.set(false);
    write();
    assertEquals(List.of(), comingsAndGoings());
    pass(PresenceWriter.LONGEST_WAIT);
    assertEquals(Set.of("+s2", "-s1"), Set.copyOf(comingsAndGoings()));
    assertEquals(1, values("$presence/#").size());
  }

  @Test
  void aLeaveThatCouldNotBeWrittenIsNotForgotten() {
    join("s1");
    write();
    broken.set(true);
    leave("s1");
    write();
    broken.set(false);
    pass(PresenceWriter.LONGEST_WAIT);
    assertEquals(List.of("+s1", "-s1"), comingsAndGoings());
  }

  @Test
  void itWaitsLongerAfterEachFailureButNotForEver() {
    broken.set(true);
    join("s1");
    Duration wait = writer.step();
    for (int i = 0; i < 20; i++) {
      time.pass(wait);
      wait = writer.step();
    }
    assertTrue(wait.compareTo(PresenceWriter.LONGEST_WAIT) <= 0, wait.toString());
  }

  // Other nodes.

  @Test
  void seesWhoIsOnOtherNodes() {
    publish("n2", "s9");
    join("s1");
    assertEquals(2, presence.on(ROOM).count());
  }

  @Test
  void theOldestNodeRemovesThoseOfANodeThatIsGoneOnce() {
    cluster.change("n1", "n2");
    write();
    publish("n2", "s8");
    publish("n2", "s9");
    pass(Duration.ofMinutes(2));
    assertEquals(List.of("+s8", "+s9"), comingsAndGoings());
    cluster.change("n1");
    write();
    pass(Duration.ofSeconds(10));
    pass(Duration.ofMinutes(1));
    assertEquals(List.of("+s8", "+s9", "-s8", "-s9"), comingsAndGoings());
  }

  @Test
  void aNodeThatIsNotTheOldestLeavesThemAlone() {
    cluster.change("n0", "n1", "n2");
    publish("n2", "s9");
    cluster.change("n0", "n1");
    write();
    pass(Duration.ofMinutes(1));
    assertEquals(List.of("+s9"), comingsAndGoings());
  }

  @Test
  void itRemovesThemWhenItBecomesTheOldest() {
    cluster.change("n0", "n1");
    publish("n0", "s9");
    write();
    cluster.change("n1");
    write();
    assertEquals(List.of("+s9", "-s9"), comingsAndGoings());
  }

  @Test
  void aNodeThatStartsRemovesThoseOfItsFormerLife() {
    publish("n1-before", "s9");
    write();
    assertEquals(List.of("+s9", "-s9"), comingsAndGoings());
  }

  @Test
  void whatADeadNodeAppendedLateIsRemovedLater() {
    cluster.change("n1", "n2");
    write();
    cluster.change("n1");
    write();
    publish("n2", "s9");
    pass(Duration.ofSeconds(10));
    assertEquals(List.of("+s9", "-s9"), comingsAndGoings());
  }

  @Test
  void aNodeThatWasTakenForDeadSaysAgainWhoIsThere() {
    join("s1");
    write();
    TopicName topic = TopicName.of("$presence/rooms/1");
    memory.append(List.of(new Draft(topic, "s1", Payload.NONE, true, null, null)));
    cluster.change("n2", "n1");
    write();
    assertEquals(List.of("+s1", "-s1", "+s1"), comingsAndGoings());
  }
}
