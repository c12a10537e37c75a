package io.openclaw.gateway.log.journal.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.cluster.hazelcast.TestMembers;
import io.openclaw.gateway.log.GapReason;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real members of a cluster in one JVM; some of them die. */
class HazelcastLogFaultTest {
  private static final LogSettings KEEPING =
      new LogSettings(50_000, 64 << 20, Duration.ofMinutes(10), 1_000, 1 << 20);

  private final List<RingNode> nodes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private TestMembers members;

  private void start(int count, QuorumRule rule) {
    members = TestMembers.start(count);
    for (int i = 0; i < count; i++) {
      nodes.add(node(i, KEEPING, rule));
    }
  }

  private RingNode node(int member, LogSettings settings, QuorumRule rule) {
    return new RingNode(
            members.get(member).instance(), "log", settings, System::currentTimeMillis, rule)
        .open();
  }

  @AfterEach
  void close() {
    nodes.forEach(RingNode::close);
    members.close();
  }

  private static Draft draft(String topic, int number, @Nullable String eventId) {
    Payload payload = new Payload.Json(Integer.toString(number));
    return new Draft(TopicName.of(topic), null, payload, false, null, null, eventId);
  }

  private static Placement append(RingNode node, int number) {
    return node.log().append(List.of(draft("a", number, null))).join().get(0);
  }

  private static List<Publication> read(RingNode node) {
    return node.log().readAfter(0, 100_000);
  }

  private void awaitSame(RingNode one, RingNode other) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(read(one), read(other)));
  }

  /** What nobody writes to for longer than entries stay is no lost ring. */
  @Test
  void aQuietLogStaysInItsEpochForThoseWhoJoinToo() {
    members = TestMembers.start(3);
    Duration maxAge = Duration.ofSeconds(4);
    for (int i = 0; i < 2; i++) {
      nodes.add(quiet(i, maxAge).open());
    }
    Placement first = append(nodes.get(0), 1);
    long end = System.nanoTime() + 2 * maxAge.toNanos();
    Awaitility.await().atMost(maxAge.multipliedBy(3)).until(() -> System.nanoTime() - end > 0);
    nodes.add(quiet(2, maxAge).open());
    assertEquals(first.position().epoch(), nodes.get(2).log().epoch());
    assertEquals(first.position().epoch(), nodes.get(0).log().epoch());
    Placement second = append(nodes.get(2), 2);
    assertEquals(first.position().epoch(), second.position().epoch());
    assertTrue(second.position().offset() > first.position().offset());
    assertEquals(2, read(nodes.get(0)).size());
  }

  private RingNode quiet(int member, Duration maxAge) {
    return new RingNode(
        members.get(member).instance(),
        "log",
        KEEPING,
        System::currentTimeMillis,
        QuorumRule.HALF,
        maxAge);
  }

  /** Appends numbers until it is told to stop; remembers where those went that were answered. */
  private static final class Publisher implements Runnable {
    private final RingNode node;
    private final int first;
    private final Map<Integer, Position> placed = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Publisher(RingNode node, int first) {
      this.node = node;
      this.first = first;
    }

    @Override
    public void run() {
      for (int number = first; !stopped; number++) {
        try {
          String id = Integer.toString(number);
          Draft draft = draft("t/" + number % 7, number, id);
          placed.put(number, node.log().append(List.of(draft)).join().get(0).position());
        } catch (CompletionException e) {
          node.log().sweep();
          number--;
        }
      }
    }
  }

  /** Each number that was answered is there once, where it was said to be. */
  private static void check(RingNode node, Publisher publisher) {
    Map<String, Long> offsets = new ConcurrentHashMap<>();
    for (Publication publication : read(node)) {
      String number = ((Payload.Json) publication.payload()).text();
      assertEquals(null, offsets.put(number, publication.offset()), "twice: " + number);
    }
    publisher.placed.forEach(
        (number, position) ->
            assertEquals(position.offset(), offsets.get(Integer.toString(number))));
    assertTrue(publisher.placed.size() > 20, () -> "only " + publisher.placed.size());
  }

  @Test
  void allNodesHaveTheSame() throws InterruptedException {
    start(2, QuorumRule.HALF);
    List<Publisher> publishers =
        List.of(new Publisher(nodes.get(0), 0), new Publisher(nodes.get(1), 1_000_000));
    List<Thread> threads = publishers.stream().map(Thread::new).toList();
    threads.forEach(Thread::start);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> publishers.stream().allMatch(publisher -> publisher.placed.size() > 300));
    publishers.forEach(publisher -> publisher.stopped = true);
    for (Thread thread : threads) {
      thread.join();
    }
    awaitSame(nodes.get(0), nodes.get(1));
    for (Publisher publisher : publishers) {
      check(nodes.get(0), publisher);
    }
  }

  @Test
  void anEventThatSeveralNodesBringIsPublishedOnce() throws InterruptedException {
    start(2, QuorumRule.HALF);
    List<Thread> threads = new ArrayList<>();
    Set<Long> offsets = ConcurrentHashMap.newKeySet();
    for (RingNode node : nodes) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 300; i++) {
                  Draft draft = draft("a", i, "id-" + i);
                  offsets.add(node.log().append(List.of(draft)).join().get(0).position().offset());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    awaitSame(nodes.get(0), nodes.get(1));
    assertEquals(300, read(nodes.get(0)).size());
    assertEquals(300, offsets.size());
  }

  @Test
  void aNodeThatJoinsHasWhatIsRetainedAndTheValuesThatAreNot() {
    members = TestMembers.start(2);
    LogSettings few = new LogSettings(50, 64 << 20, Duration.ofMinutes(10), 1_000, 1 << 20);
    RingNode first = node(0, few, QuorumRule.HALF);
    nodes.add(first);
    first.log().append(List.of(draft("state", 7, null))).join();
    first.log().sweep();
    for (int i = 0; i < 2_000; i++) {
      append(first, i);
    }
    first.log().sweep();
    RingNode joined = node(1, few, QuorumRule.HALF);
    nodes.add(joined);
    awaitSame(first, joined);
    assertEquals(50, read(joined).size());
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> joined.log().snapshot(TopicPattern.of("state")).values().size() == 1);
    assertEquals(first.log().epoch(), joined.log().epoch());
  }

  @Test
  void theDeathOfOneOfThreeTakesNothingBack() throws InterruptedException {
    start(3, QuorumRule.MAJORITY);
    String epoch = nodes.get(0).log().epoch();
    Publisher publisher = new Publisher(nodes.get(2), 0);
    Thread thread = new Thread(publisher);
    thread.start();
    Awaitility.await().until(() -> publisher.placed.size() > 200);
    nodes.get(0).die();
    int before = publisher.placed.size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> publisher.placed.size() > before + 200);
    publisher.stopped = true;
    thread.join();
    awaitSame(nodes.get(1), nodes.get(2));
    check(nodes.get(1), publisher);
    assertEquals(epoch, nodes.get(1).log().epoch());
  }

  @Test
  void oneOfTwoThatIsLeftGoesOnInANewLife() {
    start(2, QuorumRule.HALF);
    Position seen = append(nodes.get(0), 1).position();
    awaitSame(nodes.get(0), nodes.get(1));
    nodes.get(0).die();
    RingNode left = nodes.get(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !left.log().epoch().equals(seen.epoch()));
    Position next = append(left, 2).position();
    assertEquals(left.log().epoch(), next.epoch());
    assertTrue(next.offset() > seen.offset());
    assertInstanceOf(Recovery.Complete.class, left.log().recover(seen));
    Recovery ahead = left.log().recover(seen.at(next.offset()));
    assertEquals(GapReason.EPOCH, assertInstanceOf(Recovery.Gap.class, ahead).reason());
  }

  @Test
  void oneOfTwoWaitsIfMoreThanHalfIsWanted() {
    start(2, QuorumRule.MAJORITY);
    append(nodes.get(0), 1);
    nodes.get(0).die();
    RingNode left = nodes.get(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> left.log().obstacle().orElse("").equals("this node sees 1 of 2 nodes"));
    assertEquals("", left.log().epoch());
    assertTrue(left.log().append(List.of(draft("a", 2, null))).isCompletedExceptionally());
  }

  @Test
  void aNodeThatSaysGoodbyeIsNotMissed() {
    start(2, QuorumRule.MAJORITY);
    Position seen = append(nodes.get(0), 1).position();
    nodes.get(0).close();
    members.get(0).close();
    RingNode left = nodes.get(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> members.get(1).instance().getCluster().getMembers().size() == 1);
    assertEquals(seen.epoch(), append(left, 2).position().epoch());
    assertEquals(2, read(left).size());
  }

  @Test
  void aRingThatIsLostBeginsANewEpoch() {
    start(2, QuorumRule.NONE);
    Position seen = append(nodes.get(0), 1).position();
    awaitSame(nodes.get(0), nodes.get(1));
    members.get(1).instance().getRingbuffer("log").destroy();
    for (RingNode node : nodes) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !node.log().epoch().isEmpty()
                      && !node.log().epoch().equals(seen.epoch())
                      && node.log().obstacle().isEmpty());
    }
    Position next = append(nodes.get(1), 2).position();
    awaitSame(nodes.get(0), nodes.get(1));
    assertTrue(next.offset() > seen.offset());
    Recovery recovery = nodes.get(0).log().recover(seen);
    assertEquals(GapReason.EPOCH, assertInstanceOf(Recovery.Gap.class, recovery).reason());
    assertEquals(Set.of(next.epoch()), new HashSet<>(List.of(nodes.get(0).log().epoch())));
    assertNotEquals(seen.epoch(), next.epoch());
  }
}
