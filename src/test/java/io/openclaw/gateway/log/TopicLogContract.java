package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.Appended;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every log keeps to; each implementation has a test that extends this. */
public abstract class TopicLogContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1", "c");

  protected final ManualTime time = new ManualTime();

  /** A new, empty log with a life of its own, whose clock is {@link #time}. */
  protected abstract TopicLog open(LogSettings settings);

  private TopicLog open() {
    return open(keeping(1_000));
  }

  private static LogSettings keeping(int count) {
    return new LogSettings(count, 1 << 20, HOUR, 100, 1 << 20);
  }

  private static LogSettings retaining(int count, long bytes) {
    return new LogSettings(1_000, 1 << 20, HOUR, count, bytes);
  }

  private static Draft draft(String topic, @Nullable String key, String json) {
    return new Draft(TopicName.of(topic), key, new Payload.Json(json), false, null, null);
  }

  private static Publication append(TopicLog log, String topic) {
    return Appended.to(log, List.of(draft(topic, null, "1"))).get(0);
  }

  private static void append(TopicLog log, int count) {
    IntStream.range(0, count).forEach(i -> append(log, TOPICS.get(i % TOPICS.size())));
  }

  private static void put(TopicLog log, String topic, @Nullable String key, String json) {
    Appended.to(log, List.of(draft(topic, key, json)));
  }

  private static void take(TopicLog log, String topic, @Nullable String key) {
    Appended.to(log, List.of(new Draft(TopicName.of(topic), key, Payload.NONE, true, null, null)));
  }

  private static List<Long> offsets(List<Publication> publications) {
    return publications.stream().map(Publication::offset).toList();
  }

  private static List<Long> from(long first, long last) {
    List<Long> offsets = new ArrayList<>();
    for (long offset = first; offset <= last; offset++) {
      offsets.add(offset);
    }
    return offsets;
  }

  private static List<String> values(TopicLog log, String pattern) {
    return log.snapshot(TopicPattern.of(pattern)).values().stream()
        .map(value -> ((Payload.Json) value.payload()).text())
        .toList();
  }

  // Order and life.

  @Test
  void beginsAtOffsetNoughtAndCountsByOneOverAllTopics() {
    TopicLog log = open();
    assertEquals(0, log.head().offset());
    assertEquals(0, log.floor());
    assertEquals(1, append(log, "a").offset());
    assertEquals(2, append(log, "b").offset());
    assertEquals(2, log.head().offset());
  }

  @Test
  void aBatchStandsTogetherInItsOrder() {
    TopicLog log = open();
    List<Publication> appended =
        Appended.to(
            log, List.of(draft("a", null, "1"), draft("b", null, "2"), draft("a", null, "3")));
    assertEquals(List.of(1L, 2L, 3L), offsets(appended));
    assertEquals(appended, log.readAfter(0, 10));
  }

  @Test
  void appendingNothingChangesNothing() {
    TopicLog log = open();
    assertEquals(List.of(), log.append(List.of()).join());
    assertEquals(0, log.head().offset());
  }

  @Test
  void keepsEverythingOfADraftAndAddsPlaceAndTime() {
    TopicLog log = open();
    time.pass(Duration.ofSeconds(5));
    Draft draft =
        new Draft(TopicName.of("a"), "k", new Payload.Json("{\"a\":\"ä\"}"), false, "t", "s");
    Publication appended = Appended.to(log, List.of(draft)).get(0);
    assertEquals(Publication.of(1, time.getAsLong(), draft), appended);
  }

  @Test
  void keepsBytesAsTheyAre() {
    TopicLog log = open();
    byte[] bytes = {0, -1, 65};
    Draft draft = new Draft(TopicName.of("a"), null, new Payload.Binary(bytes), false, null, null);
    Payload kept = Appended.to(log, List.of(draft)).get(0).payload();
    assertArrayEquals(bytes, assertInstanceOf(Payload.Binary.class, kept).content());
  }

  @Test
  void anotherLogHasAnotherEpoch() {
    assertNotEquals(open().head().epoch(), open().head().epoch());
  }

  @Test
  void ordersWhatSeveralThreadsAppendAndLosesNothing() throws InterruptedException {
    TopicLog log = open(new LogSettings(100_000, 1 << 26, HOUR, 0, 0));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(() -> append(log, 1_000)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(from(1, 4_000), offsets(log.readAfter(0, 10_000)));
  }

  // Reading.

  @Test
  void readsAfterAnOffsetUpToALimit() {
    TopicLog log = open();
    append(log, 10);
    assertEquals(List.of(4L, 5L, 6L), offsets(log.readAfter(3, 3)));
    assertEquals(List.of(), log.readAfter(10, 3));
    assertEquals(List.of(), log.readAfter(99, 3));
  }

  @Test
  void readsFromTheOldestThatItStillHas() {
    TopicLog log = open(keeping(4));
    append(log, 10);
    assertEquals(6, log.floor());
    assertEquals(from(7, 10), offsets(log.readAfter(2, 100)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theIndexOfATopicAgreesWithAScan(long seed) {
    Random random = new Random(seed);
    TopicLog log = open(keeping(1 + random.nextInt(60)));
    for (int i = 0; i < 300; i++) {
      append(log, TOPICS.get(random.nextInt(TOPICS.size())));
      TopicName topic = TopicName.of(TOPICS.get(random.nextInt(TOPICS.size())));
      long after = random.nextInt(320);
      int limit = 1 + random.nextInt(20);
      List<Publication> scanned =
          log.readAfter(after, 1_000).stream()
              .filter(publication -> publication.topic().equals(topic))
              .limit(limit)
              .toList();
      assertEquals(scanned, log.readAfter(topic, after, limit));
    }
  }

  // Bounds.

  @Test
  void keepsNoMoreThanItsCount() {
    TopicLog log = open(keeping(3));
    append(log, 2_000);
    assertEquals(from(1_998, 2_000), offsets(log.readAfter(0, 10_000)));
  }

  @Test
  void keepsNoMoreThanItsBytes() {
    TopicLog log = open(new LogSettings(1_000, 1_000, HOUR, 0, 0));
    for (int i = 0; i < 10; i++) {
      put(log, "a", null, '"' + "x".repeat(200) + '"');
    }
    List<Publication> kept = log.readAfter(0, 100);
    assertTrue(kept.stream().mapToInt(Publication::bytes).sum() <= 1_000);
    assertEquals(10, kept.get(kept.size() - 1).offset());
    assertEquals(3, kept.size());
  }

  @Test
  void keepsASinglePublicationHoweverLarge() {
    TopicLog log = open(new LogSettings(1_000, 100, HOUR, 0, 0));
    append(log, 1);
    put(log, "a", null, '"' + "x".repeat(1_000) + '"');
    assertEquals(List.of(2L), offsets(log.readAfter(0, 100)));
  }

  @Test
  void forgetsWhatIsOlderThanItsAge() {
    TopicLog log = open(new LogSettings(1_000, 1 << 20, Duration.ofMinutes(10), 0, 0));
    append(log, 2);
    time.pass(Duration.ofMinutes(6));
    append(log, 2);
    time.pass(Duration.ofMinutes(4));
    assertEquals(0, log.floor());
    time.pass(Duration.ofMillis(1));
    assertEquals(2, log.floor());
    assertEquals(List.of(3L, 4L), offsets(log.readAfter(0, 100)));
    time.pass(HOUR);
    assertEquals(4, log.floor());
    assertEquals(4, log.head().offset());
    assertEquals(5, append(log, "a").offset());
  }

  @Test
  void neverMovesItsFloorBackWhenTheClockDoes() {
    TopicLog log = open(keeping(10));
    append(log, 20);
    time.pass(HOUR.negated());
    append(log, 1);
    assertEquals(11, log.floor());
  }

  // Recovery.

  @Test
  void recoversAPositionWithinItsBounds() {
    TopicLog log = open(keeping(4));
    append(log, 10);
    Position head = log.head();
    assertEquals(new Recovery.Complete(6), log.recover(head.at(6)));
    assertEquals(new Recovery.Complete(10), log.recover(head));
  }

  @Test
  void namesWhatItHasForgottenSinceAPosition() {
    TopicLog log = open(keeping(4));
    append(log, 10);
    Position head = log.head();
    assertEquals(new Recovery.Gap(GapReason.RETENTION, 6, 6), log.recover(head.at(5)));
    assertEquals(new Recovery.Gap(GapReason.RETENTION, 1, 6), log.recover(head.at(0)));
  }

  @Test
  void aPositionOfAnotherEpochHasAGapUpToItsFloor() {
    TopicLog log = open(keeping(4));
    append(log, 10);
    assertEquals(new Recovery.Gap(GapReason.EPOCH, 0, 6), log.recover(new Position("another", 8)));
  }

  @Test
  void aPositionAheadOfItIsNotOfItsLife() {
    TopicLog log = open();
    append(log, 3);
    assertEquals(new Recovery.Gap(GapReason.EPOCH, 0, 0), log.recover(log.head().at(4)));
  }

  @Test
  void anAgedPositionIsToldFromTheClockAlone() {
    TopicLog log = open(new LogSettings(1_000, 1 << 20, Duration.ofMinutes(10), 0, 0));
    append(log, 2);
    time.pass(Duration.ofMinutes(11));
    assertEquals(new Recovery.Gap(GapReason.RETENTION, 2, 2), log.recover(log.head().at(1)));
  }

  // History.

  private static HistoryPage page(
      TopicLog log, String pattern, long after, long before, int limit, boolean reverse) {
    return log.history(new HistoryQuery(TopicPattern.of(pattern), after, before, limit, reverse));
  }

  @ParameterizedTest
  @CsvSource({"a/1", "a/+", "#", "none", "none/#"})
  void pagesForwardsAndBackwardsGoOverEverythingOnce(String pattern) {
    TopicLog log = open(keeping(25));
    append(log, 40);
    List<Long> expected =
        log.readAfter(0, 100).stream()
            .filter(each -> TopicPattern.of(pattern).matches(each.topic()))
            .map(Publication::offset)
            .toList();
    List<Long> forwards = new ArrayList<>();
    HistoryPage page = page(log, pattern, 0, Long.MAX_VALUE, 3, false);
    forwards.addAll(offsets(page.items()));
    while (page.more()) {
      page = page(log, pattern, forwards.get(forwards.size() - 1), Long.MAX_VALUE, 3, false);
      forwards.addAll(offsets(page.items()));
    }
    List<Long> backwards = new ArrayList<>();
    page = page(log, pattern, 0, Long.MAX_VALUE, 3, true);
    backwards.addAll(offsets(page.items()));
    while (page.more()) {
      page = page(log, pattern, 0, backwards.get(backwards.size() - 1), 3, true);
      backwards.addAll(offsets(page.items()));
    }
    Collections.reverse(backwards);
    assertEquals(expected, forwards);
    assertEquals(expected, backwards);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "+"})
  void aPageHasBoundsOnBothSides(String pattern) {
    TopicLog log = open();
    IntStream.range(0, 10).forEach(i -> append(log, "c"));
    assertEquals(List.of(4L, 5L, 6L), offsets(page(log, pattern, 3, 7, 100, false).items()));
    assertEquals(List.of(6L, 5L, 4L), offsets(page(log, pattern, 3, 7, 100, true).items()));
    assertEquals(List.of(), page(log, pattern, 7, 7, 100, false).items());
    assertEquals(List.of(), page(log, pattern, 9, 3, 100, true).items());
    assertEquals(List.of(), page(log, pattern, 0, 0, 100, true).items());
    assertEquals(List.of(), page(log, pattern, 50, 60, 100, false).items());
  }

  @Test
  void saysThereIsMoreOnlyIfThereIs() {
    TopicLog log = open();
    append(log, 8);
    assertTrue(page(log, "a/1", 0, Long.MAX_VALUE, 1, false).more());
    assertFalse(page(log, "a/1", 0, Long.MAX_VALUE, 2, false).more());
    assertFalse(page(log, "#", 0, Long.MAX_VALUE, 8, true).more());
    assertTrue(page(log, "#", 0, Long.MAX_VALUE, 7, true).more());
  }

  @Test
  void aPageSaysWhereTheLogWas() {
    TopicLog log = open();
    append(log, 8);
    assertEquals(log.head(), page(log, "c", 0, 3, 10, false).position());
  }

  // Current values.

  @Test
  void retainsTheNewestValueOfEachTopicAndKey() {
    TopicLog log = open();
    put(log, "a", "x", "1");
    put(log, "a", "y", "2");
    put(log, "b", null, "3");
    put(log, "a", "x", "4");
    assertEquals(List.of("2", "4"), values(log, "a"));
    assertEquals(List.of("2", "3", "4"), values(log, "#"));
    assertEquals(List.of(), values(log, "none"));
  }

  @Test
  void aValueWithoutKeyIsNotThatOfAnotherKey() {
    TopicLog log = open();
    put(log, "a", null, "1");
    put(log, "a", "x", "2");
    put(log, "a", null, "3");
    assertEquals(List.of("2", "3"), values(log, "a"));
  }

  @Test
  void aRemovalTakesTheValueOfItsKey() {
    TopicLog log = open();
    put(log, "a", "x", "1");
    put(log, "a", "y", "2");
    take(log, "a", "x");
    take(log, "a", "never");
    assertEquals(List.of("2"), values(log, "a"));
  }

  @Test
  void aSnapshotSaysWhereTheLogWas() {
    TopicLog log = open();
    put(log, "a", null, "1");
    append(log, "b");
    assertEquals(log.head(), log.snapshot(TopicPattern.of("a")).position());
  }

  @Test
  void retainsValuesThatItHasForgottenAsPublications() {
    TopicLog log = open(keeping(2));
    put(log, "old", null, "1");
    IntStream.range(0, 10).forEach(i -> append(log, "c"));
    assertEquals(List.of("1"), values(log, "old"));
  }

  @Test
  void letsTheValueGoThatWasWrittenLeastRecently() {
    TopicLog log = open(retaining(2, 1 << 20));
    put(log, "a", "x", "1");
    put(log, "a", "y", "2");
    put(log, "a", "x", "3");
    put(log, "a", "z", "4");
    assertEquals(List.of("3", "4"), values(log, "a"));
  }

  @Test
  void retainsNoMoreThanItsBytes() {
    TopicLog log = open(retaining(100, 1_000));
    for (int i = 0; i < 10; i++) {
      put(log, "a", "k" + i, '"' + "x".repeat(200) + '"');
    }
    assertEquals(3, values(log, "a").size());
  }

  @Test
  void retainsNothingIfToldSo() {
    TopicLog log = open(retaining(0, 0));
    put(log, "a", null, "1");
    assertEquals(List.of(), values(log, "#"));
  }

  // Listeners.

  @Test
  void tellsItsListenersAfterWhatWasAppendedCanBeRead() {
    TopicLog log = open();
    List<Integer> readable = new CopyOnWriteArrayList<>();
    log.listen(() -> readable.add(log.readAfter(0, 10).size()));
    append(log, 2);
    Appended.to(log, List.of(draft("a", null, "1"), draft("a", null, "1")));
    assertEquals(List.of(1, 2, 4), readable.stream().distinct().toList());
  }

  @Test
  void holdsNoLockWhileItTellsItsListeners() throws InterruptedException {
    TopicLog log = open();
    CountDownLatch read = new CountDownLatch(1);
    boolean[] finished = new boolean[1];
    log.listen(
        () -> {
          new Thread(
                  () -> {
                    log.readAfter(0, 10);
                    log.snapshot(TopicPattern.of("#"));
                    read.countDown();
                  })
              .start();
          finished[0] = await(read);
        });
    append(log, "a");
    assertTrue(finished[0]);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
