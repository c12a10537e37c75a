package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.Appended;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Publishers append while clients subscribe, unsubscribe, resume at random positions and go away,
 * all at the same time on real threads; afterwards a {@link DeliveryChecker} goes through what each
 * session received. A seed fixes what is done, not when.
 */
class CatchUpRaceTest {
  private static final int PUBLISHERS = 3;
  private static final int PUBLICATIONS_EACH = 2_000;
  private static final int CLIENTS = 8;
  private static final int STEPS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1", "b/2/x", "c");
  private static final List<String> PATTERNS =
      List.of("a/1", "a/2", "b/2/x", "a/+", "a/#", "#", "+/1", "b/#", "none/#");
  private static final TopicPattern END = TopicPattern.of("end");

  private final ExecutorService network = Executors.newFixedThreadPool(2);
  private final List<Publication> published = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  @AfterEach
  void stopTheNetwork() {
    network.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everySessionGetsWhatItWantsOnceAndInOrder(long seed) throws InterruptedException {
    race(seed, LogSettings.DEFAULT);
    assertEquals(0, clients.stream().mapToInt(client -> client.checker.gaps()).sum());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void aLogThatForgetsQuicklyNamesExactlyWhatWillNotCome(long seed) throws InterruptedException {
    race(seed, new LogSettings(48, 1 << 20, Duration.ofHours(1), 0, 0));
    assertTrue(clients.stream().mapToInt(client -> client.checker.gaps()).sum() > 0);
  }

  private void race(long seed, LogSettings settings) throws InterruptedException {
    MemoryTopicLog log = new MemoryTopicLog("e", settings, System::currentTimeMillis);
    AtomicInteger ids = new AtomicInteger();
    Sessions sessions =
        new Sessions(
            "n",
            SETTINGS,
            log,
            2,
            System::currentTimeMillis,
            () -> "s" + ids.incrementAndGet(),
            new AllRights());
    sessions.start(Thread::new);
    Random random = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(sessions, log, random.nextLong(), i == 0));
    }
    List<Publisher> publishers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      Publisher publisher = new Publisher(log, i, random.nextLong());
      publishers.add(publisher);
      threads.add(new Thread(publisher));
    }
    clients.forEach(client -> threads.add(new Thread(client)));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
    publishers.forEach(publisher -> published.addAll(publisher.appended));
    end(log);
    sessions.stop(Duration.ofSeconds(5));
    check();
  }

  private static final SessionSettings SETTINGS =
      new SessionSettings(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ofMinutes(5),
          1 << 16,
          100,
          100,
          100_000,
          10,
          10_000,
          100,
          SessionAge.ANY,
          2,
          new OutboundSettings(
              2_000, 1 << 20, Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ZERO));

  /** What is published last on a topic of its own has everything else before it. */
  private void end(MemoryTopicLog log) {
    clients.forEach(client -> client.subscribe(List.of(client.request(END, null))));
    published.addAll(Appended.withoutReading(log, List.of(draft("end", 0))));
    await().atMost(PATIENCE).until(() -> clients.stream().allMatch(Client::isDone));
  }

  private void check() {
    Map<Long, Publication> byOffset = new HashMap<>();
    published.forEach(publication -> byOffset.put(publication.offset(), publication));
    assertEquals(PUBLISHERS * PUBLICATIONS_EACH + 1, byOffset.size());
    for (Client client : clients) {
      client.check(byOffset);
    }
    Client first = clients.get(0);
    assertFalse(first.leaves || first.wasTooSlow());
    assertTrue(first.checker.publications() > 0);
  }

  private static Draft draft(String topic, int number) {
    Payload payload = new Payload.Json(Integer.toString(number));
    return new Draft(TopicName.of(topic), null, payload, false, null, null);
  }

  /** Appends in small batches, with pauses so short that everything overlaps. */
  private static final class Publisher implements Runnable {
    private final MemoryTopicLog log;
    private final int number;
    private final Random random;
    private final List<Publication> appended = new ArrayList<>();

    Publisher(MemoryTopicLog log, int number, long seed) {
      this.log = log;
      this.number = number;
      this.random = new Random(seed);
    }

    @Override
    public void run() {
      while (appended.size() < PUBLICATIONS_EACH) {
        List<Draft> batch = new ArrayList<>();
        int size = Math.min(1 + random.nextInt(5), PUBLICATIONS_EACH - appended.size());
        for (int i = 0; i < size; i++) {
          int value = number * PUBLICATIONS_EACH + appended.size() + i;
          batch.add(draft(TOPICS.get(random.nextInt(TOPICS.size())), value));
        }
        appended.addAll(Appended.withoutReading(log, batch));
        LockSupport.parkNanos(random.nextInt(100_000));
      }
    }
  }

  /** One client with its session; some go away before the end. */
  private final class Client implements Runnable {
    private final MemoryTopicLog log;
    private final Random random;
    private final RecordingTransport transport;
    private final ClientSession session;
    private final Map<Long, SubscribeRequest> requests = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final boolean leaves;
    private DeliveryChecker checker = new DeliveryChecker(Map.of(), Map.of());

    /**
     * @param stays whether it is one that is quick and does not leave
     */
    Client(Sessions sessions, MemoryTopicLog log, long seed, boolean stays) {
      this.log = log;
      this.random = new Random(seed);
      this.leaves = random.nextInt(4) == 0 && !stays;
      this.transport =
          random.nextBoolean() || stays
              ? RecordingTransport.immediate()
              : RecordingTransport.over(completion -> network.execute(completion::sent));
      this.session = sessions.open(transport, Caller.UNKNOWN);
    }

    @Override
    public void run() {
      try {
        for (int step = 0; step < STEPS; step++) {
          waitForOffset((long) step * PUBLISHERS * PUBLICATIONS_EACH / (STEPS + 5));
          act();
        }
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      }
      if (leaves) {
        session.connectionClosed();
      }
    }

    private void waitForOffset(long offset) {
      while (log.head().offset() < offset) {
        Thread.onSpinWait();
        LockSupport.parkNanos(10_000);
      }
    }

    private void act() {
      if (random.nextInt(4) == 0) {
        session.unsubscribe(null, pattern());
        return;
      }
      List<SubscribeRequest> asked = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        asked.add(request(pattern(), random.nextInt(3) == 0 ? null : since()));
      }
      subscribe(asked);
    }

    private TopicPattern pattern() {
      return TopicPattern.of(PATTERNS.get(random.nextInt(PATTERNS.size())));
    }

    private Position since() {
      Position head = log.head();
      long far = random.nextBoolean() ? head.offset() : Math.min(100, head.offset());
      return head.at(head.offset() - (long) (random.nextDouble() * far));
    }

    SubscribeRequest request(TopicPattern pattern, @Nullable Position since) {
      SubscribeRequest request =
          new SubscribeRequest(
              ids.incrementAndGet(), pattern, log.head(), since, 0, TopicMode.EVENTS, 0, null);
      requests.put(ids.get(), request);
      return request;
    }

    void subscribe(List<SubscribeRequest> asked) {
      session.subscribe(asked);
    }

    boolean isDone() {
      return leaves || wasTooSlow() || received("\"op\":\"pub\",\"topic\":\"end\"");
    }

    boolean wasTooSlow() {
      return received("\"op\":\"goodbye\",\"code\":4001");
    }

    private boolean received(String part) {
      return transport.frames().stream().anyMatch(frame -> frame.contains(part));
    }

    void check(Map<Long, Publication> byOffset) {
      failures.forEach(
          failure -> {
            throw new AssertionError(failure);
          });
      checker = new DeliveryChecker(byOffset, requests);
      checker.check(transport.messages());
      assertFalse(transport.wasMisused());
      if (!leaves && !wasTooSlow()) {
        checker.checkEnd();
      }
    }
  }
}
