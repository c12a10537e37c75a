package io.openclaw.gateway.cluster.hazelcast;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SharedMapContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real members in this JVM, which talk over loopback. */
class HazelcastClusterTest extends SharedMapContract {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Duration LONG = Duration.ofMinutes(2);

  private static TestMembers members;
  private static HazelcastCluster first;
  private static HazelcastCluster second;

  @BeforeAll
  static void startMembers() {
    members = TestMembers.start(3);
    first = join(members.get(0));
    second = join(members.get(1));
    awaitNodes(first, first, second);
  }

  @AfterAll
  static void stopMembers() {
    second.close();
    first.close();
    members.close();
  }

  private static HazelcastCluster join(HazelcastEngine engine) {
    Node node = new Node("n" + NAMES.incrementAndGet());
    return HazelcastCluster.join(engine, node, Thread::new);
  }

  private static void awaitNodes(Cluster at, Cluster... nodes) {
    List<Node> expected = Stream.of(nodes).map(Cluster::self).toList();
    await().atMost(PATIENCE).until(() -> at.nodes().equals(expected));
  }

  @Override
  protected Cluster cluster() {
    return first;
  }

  @Override
  protected void pass(Duration time) {
    // It passes by itself, and whoever looks waits for it.
  }

  @Test
  void oneNodeIsTheOldest() {
    assertTrue(first.isOldest());
    assertFalse(second.isOldest());
    assertEquals(List.of(first.self()), second.others());
  }

  @Test
  void tellsOfNodesThatComeAndGo() {
    List<List<Node>> heard = new CopyOnWriteArrayList<>();
    first.onChange(heard::add);
    List<Node> two = List.of(first.self(), second.self());
    Node third;
    try (HazelcastCluster joined = join(members.get(2))) {
      third = joined.self();
      assertEquals(two, joined.others());
      awaitNodes(first, first, second, joined);
    }
    awaitNodes(first, first, second);
    assertEquals(List.of(List.of(two.get(0), two.get(1), third), two), List.copyOf(heard));
  }

  @Test
  void tellsTheOthersInOrderAndNotItself() {
    List<String> heard = new CopyOnWriteArrayList<>();
    second.receive("numbers", (from, message) -> heard.add(from + ":" + text(message)));
    first.receive("numbers", (from, message) -> heard.add("itself"));
    IntStream.range(0, 1_000).forEach(i -> first.broadcast("numbers", bytes("" + i)));
    await().atMost(PATIENCE).until(() -> heard.size() >= 1_000);
    assertEquals(
        IntStream.range(0, 1_000).mapToObj(i -> first.self() + ":" + i).toList(),
        List.copyOf(heard));
  }

  @Test
  void doesNotSendWhatIsTooLarge() {
    byte[] large = new byte[Cluster.MAX_MESSAGE_BYTES + 1];
    assertThrows(IllegalArgumentException.class, () -> first.broadcast("numbers", large));
    assertThrows(IllegalArgumentException.class, () -> first.ask("numbers", large, LONG));
  }

  @Test
  void collectsTheAnswersOfOthers() {
    second.answer("double", question -> bytes(text(question) + text(question)));
    assertEquals(Map.of(second.self(), "abab"), answers(first.ask("double", bytes("ab"), LONG)));
  }

  @Test
  void doesNotWaitForNodesThatHaveNoAnswer() {
    assertEquals(Map.of(), answers(first.ask("unheard of", bytes("?"), LONG)));
    second.answer(
        "broken",
        question -> {
          throw new IllegalStateException("a fault of the test's");
        });
    assertEquals(Map.of(), answers(first.ask("broken", bytes("?"), LONG)));
  }

  private static Map<Node, String> answers(CompletableFuture<Map<Node, byte[]>> asked) {
    return asked
        .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
        .join()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
  }

  @Test
  void takesTheAnswersThatCameInTime() {
    CountDownLatch never = new CountDownLatch(1);
    second.answer("slow", question -> held(never));
    assertEquals(Map.of(), answers(first.ask("slow", bytes("?"), Duration.ofMillis(50))));
    never.countDown();
  }

  private static byte[] held(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return bytes("late");
  }

  @Test
  void doesNotWaitForANodeThatDiesAndKeepsItsValues() {
    HazelcastEngine doomed = members.add();
    HazelcastCluster third = join(doomed);
    awaitNodes(first, first, second, third);
    IntStream.range(0, 100).forEach(i -> third.map("lasting").put("k" + i, bytes("v"), MINUTE));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    second.answer("name", question -> bytes("second"));
    third.answer(
        "name",
        question -> {
          asked.countDown();
          return held(never);
        });
    CompletableFuture<Map<Node, byte[]>> answers = first.ask("name", bytes("?"), LONG);
    await().atMost(PATIENCE).until(() -> asked.getCount() == 0);
    doomed.instance().getLifecycleService().terminate();
    assertEquals(Map.of(second.self(), "second"), answers(answers));
    awaitNodes(first, first, second);
    assertEquals(100, first.map("lasting").entries().size());
    never.countDown();
    third.close();
  }

  @Test
  void allNodesSeeTheSameValuesAndChanges() {
    List<String> heard = new CopyOnWriteArrayList<>();
    second.map("seen").listen((key, value) -> heard.add(key));
    first.map("seen").put("a", bytes("1"), MINUTE);
    assertEquals("1", second.map("seen").get("a").map(SharedMapContract::text).orElse(""));
    await().atMost(PATIENCE).until(() -> heard.equals(List.of("a")));
  }
}
