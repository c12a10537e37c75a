package io.openclaw.gateway.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest {
  private final ManualTime time = new ManualTime();
  private boolean broken;
  private final MemoryTopicLog log =
      new MemoryTopicLog("e", LogSettings.DEFAULT, () -> brokenOr(time.getAsLong()));
  private final Ingest ingest = new Ingest(log, new IngestSettings(100, 3));

  /** Makes the log throw while it appends. */
  private long brokenOr(long now) {
    if (broken) {
      throw new IllegalStateException("no memory for it");
    }
    return now;
  }

  private static SourceEvent event(String topic, @Nullable String id) {
    return new SourceEvent(topic, null, new Payload.Json("1"), false, id, null);
  }

  private static IngestResult published(long offset) {
    return new IngestResult.Published(new Position("e", offset));
  }

  private static IngestResult duplicateOf(long offset) {
    return new IngestResult.Duplicate(new Position("e", offset));
  }

  private List<Publication> all() {
    return log.readAfter(0, 1_000);
  }

  @Test
  void publishesAnEventWithAllThatItHas() {
    SourceEvent event =
        new SourceEvent("a/b", "k", new Payload.Json("{}"), false, "id", "trace", "s1");
    assertEquals(published(1), ingest.publishAndWait(event));
    assertEquals(
        new Publication(
            1,
            time.getAsLong(),
            TopicName.of("a/b"),
            "k",
            new Payload.Json("{}"),
            false,
            "trace",
            "s1"),
        all().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a//b", "a/+", "#", "a\n", "$sys/nodes", "$presence/a"})
  void rejectsATopicThatIsNoneOrBelongsToTheGateway(String topic) {
    IngestResult.Rejected rejected =
        assertInstanceOf(IngestResult.Rejected.class, ingest.publishAndWait(event(topic, "id")));
    assertEquals("bad_request", rejected.code());
    assertEquals(List.of(), all());
  }

  @Test
  void rejectsDataNestedDeeperThanClientsRead() {
    String deep = "{\"a\":".repeat(40) + "[".repeat(24) + "]".repeat(24) + "}".repeat(40);
    Ingest roomy = new Ingest(log, IngestSettings.DEFAULT);
    SourceEvent good = new SourceEvent("a", null, new Payload.Json(deep), false, null, null);
    SourceEvent bad =
        new SourceEvent("a", null, new Payload.Json("[" + deep + "]"), false, null, null);
    assertEquals(published(1), roomy.publishAndWait(good));
    assertEquals(
        new IngestResult.Rejected("bad_request", "data has at most 64 levels of nesting"),
        roomy.publishAndWait(bad));
  }

  @Test
  void bracketsInTextsAreNoLevels() {
    Ingest roomy = new Ingest(log, IngestSettings.DEFAULT);
    String text = "[\"" + "[{\\\"".repeat(100) + "\",\"" + "[".repeat(100) + "\"]";
    SourceEvent event = new SourceEvent("a", null, new Payload.Json(text), false, null, null);
    assertEquals(published(1), roomy.publishAndWait(event));
  }

  @Test
  void rejectsAnEventIdThatWouldBeRememberedAtGreatCost() {
    IngestResult.Rejected rejected =
        assertInstanceOf(
            IngestResult.Rejected.class, ingest.publishAndWait(event("a", "x".repeat(1_001))));
    assertEquals("bad_request", rejected.code());
    assertEquals(published(1), ingest.publishAndWait(event("a", "x".repeat(1_000))));
  }

  @Test
  void rejectsDataAboveTheLimitAndSaysWhatIsAllowed() {
    SourceEvent event =
        new SourceEvent("a", null, new Payload.Binary(new byte[101]), false, null, null);
    assertEquals(
        new IngestResult.Rejected("too_large", "the data has 101 bytes; at most 100 are allowed"),
        ingest.publishAndWait(event));
  }

  @Test
  void takesDataOfExactlyTheLimit() {
    SourceEvent event =
        new SourceEvent("a", null, new Payload.Binary(new byte[100]), false, null, null);
    assertEquals(published(1), ingest.publishAndWait(event));
  }

  // Duplicates.

  @Test
  void anIdThatWasSeenOnTheTopicIsADuplicateOfTheFirst() {
    ingest.publishAndWait(event("a", null));
    assertEquals(published(2), ingest.publishAndWait(event("a", "id")));
    assertEquals(duplicateOf(2), ingest.publishAndWait(event("a", "id")));
    assertEquals(2, all().size());
  }

  @Test
  void theSameIdOnAnotherTopicIsAnotherEvent() {
    ingest.publishAndWait(event("a", "id"));
    assertEquals(published(2), ingest.publishAndWait(event("b", "id")));
  }

  @Test
  void eventsWithoutIdAreNeverDuplicates() {
    ingest.publishAndWait(event("a", null));
    assertEquals(published(2), ingest.publishAndWait(event("a", null)));
  }

  @Test
  void anIdIsForgottenAfterSoManyOthers() {
    ingest.publishAndWait(event("a", "1"));
    ingest.publishAndWait(event("a", "2"));
    ingest.publishAndWait(event("a", "3"));
    assertEquals(duplicateOf(1), ingest.publishAndWait(event("a", "1")));
    ingest.publishAndWait(event("a", "4"));
    assertEquals(published(5), ingest.publishAndWait(event("a", "1")));
  }

  @Test
  void whatWasRejectedIsNotRememberedAsSeen() {
    ingest.publishAndWait(
        new SourceEvent("a", null, new Payload.Binary(new byte[101]), false, "id", null));
    assertEquals(published(1), ingest.publishAndWait(event("a", "id")));
  }

  @Test
  void publishesAnIdOnceHoweverManyThreadsBringIt() throws InterruptedException {
    Map<IngestResult, Boolean> results = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> results.put(ingest.publishAndWait(event("a", "id")), true)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, all().size());
    assertTrue(results.containsKey(published(1)));
  }

  // Staging.

  @Test
  void nobodySeesWhatIsStagedInAVolatileLogBeforeItIsSettled() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", "1"), event("b", "2")));
    assertEquals(List.of(), all());
    staged.settle();
    assertEquals(List.of(published(1), published(2)), staged.results());
    assertEquals(2, all().size());
  }

  @Test
  void whatIsStagedIsADuplicateAlready() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", "1")));
    assertEquals(duplicateOf(0), ingest.publishAndWait(event("a", "1")));
    staged.settle();
    assertEquals(duplicateOf(1), ingest.publishAndWait(event("a", "1")));
    assertEquals(1, all().size());
  }

  @Test
  void theSameIdTwiceInOneBatchIsPublishedOnce() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", "1"), event("a", "1")));
    staged.settle();
    assertEquals(List.of(published(1), duplicateOf(0)), staged.results());
    assertTrue(staged.accepted(0));
    assertTrue(staged.accepted(1));
  }

  @Test
  void settlingAgainPublishesNothingAgain() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", "1")));
    staged.settle();
    staged.settle();
    assertEquals(1, all().size());
  }

  @Test
  void whatIsRejectedIsKnownBeforeSettlingAndLeavesItsNeighboursAlone() {
    Ingest.Staged staged =
        ingest.stage(List.of(event("a", null), event("+", null), event("b", null)));
    assertTrue(staged.accepted(0));
    assertFalse(staged.accepted(1));
    assertNotNull(staged.rejection(1));
    assertNull(staged.rejection(2));
    staged.settle();
    assertEquals(published(1), staged.results().get(0));
    assertEquals(staged.rejection(1), staged.results().get(1));
    assertEquals(published(2), staged.results().get(2));
  }

  @Test
  void hasNoResultsBeforeItIsSettled() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", null)));
    assertThrows(IllegalStateException.class, staged::results);
  }

  @Test
  void anEventThatTheLogDidNotTakeMayComeAgain() {
    Ingest.Staged staged = ingest.stage(List.of(event("a", "1"), event("a", "2")));
    broken = true;
    assertThrows(IllegalStateException.class, staged::settle);
    broken = false;
    assertEquals(published(1), ingest.publishAndWait(event("a", "1")));
    assertEquals(published(2), ingest.publishAndWait(event("a", "2")));
  }
}
