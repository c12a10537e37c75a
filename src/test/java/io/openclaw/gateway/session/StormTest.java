package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.subscription.Encodings;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of every kind come, subscribe, are too slow, break off and go while publications rain;
 * afterwards nothing of it is left. A seed fixes what is done, not when.
 */
class StormTest {
  private static final int ROUNDS = 600;
  private static final int CLIENTS = 60;
  private static final int PUMPS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1", "b/2/x", "c");
  private static final List<String> PATTERNS =
      List.of("a/1", "a/2", "b/2/x", "a/+", "a/#", "#", "+/1", "b/#", "none/#");
  private static final List<String> FILTERS =
      List.of("n > 5", "n > 50 AND odd = TRUE", "$topic = 'c'");

  /** Holds nothing for a session: the log and its encodings have bounds of their own. */
  private static final Set<Class<?>> NOT_OF_A_PUMP =
      Set.of(MemoryTopicLog.class, Encodings.class, Sessions.class, RecordingTransport.class);

  /** What exists only while something waits for a client. */
  private static final Set<String> WAITING =
      Set.of("Run", "Frame", "Outgoing", "Offered", "CatchUp", "Answer", "Past", "ConflationKey");

  private static final SessionSettings SETTINGS =
      new SessionSettings(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ofMinutes(5),
          1 << 16,
          100,
          100,
          10_000,
          10,
          1_000,
          1_000,
          SessionAge.ANY,
          PUMPS,
          new OutboundSettings(
              2_000, 256 << 10, Duration.ofMillis(400), Duration.ofMillis(100), Duration.ZERO));

  private final ScheduledExecutorService network = Executors.newScheduledThreadPool(2);
  private final MemoryTopicLog log =
      new MemoryTopicLog(
          "e",
          new LogSettings(400, 1 << 20, Duration.ofHours(1), 100, 1 << 20),
          System::currentTimeMillis);
  private static final List<AccessDecision> DECISIONS =
      List.of(
          AccessDecision.GRANTED,
          new AccessDecision.Refused("forbidden", "not any more"),
          new AccessDecision.Narrowed(AccessDecision.GRANTED, topic -> topic.levels().size() == 1),
          new AccessDecision.Narrowed(AccessDecision.GRANTED, topic -> false));

  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicBoolean changing = new AtomicBoolean();
  private final AllRights rights = rightsThatChange(changing);
  private final Sessions sessions =
      new Sessions(
          "n",
          SETTINGS,
          log,
          PUMPS,
          System::currentTimeMillis,
          () -> "s" + ids.incrementAndGet(),
          rights);
  private final List<OutboundPump> pumps = new ArrayList<>();

  /**
   * They must not lead back to this test, and so to all pumps, when what a pump holds is counted.
   */
  private static AllRights rightsThatChange(AtomicBoolean changing) {
    AllRights rights = new AllRights();
    rights.decide(
        (who, what) -> changing.get() ? DECISIONS.get(what.hashCode() & 3) : DECISIONS.get(0));
    return rights;
  }

  /** How a client takes what is written to it. */
  private enum Kind {
    QUICK,
    LAGGING,
    STUCK,
    BREAKING
  }

  private record Client(Kind kind, ClientSession session) {}

  @AfterEach
  void stop() {
    sessions.stop(PATIENCE);
    network.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesNothingBehind(long seed) {
    findPumps();
    sessions.start(Thread::new);
    List<Map<String, Integer>> before = pumps.stream().map(this::held).toList();

    List<Client> clients = storm(new Random(seed));

    awaitGone(clients.stream().filter(client -> client.kind == Kind.STUCK).toList());
    await().atMost(PATIENCE).untilAsserted(this::assertNothingWaits);
    assertTrue(sessions.count() > CLIENTS / 10, "only " + sessions.count() + " sessions remained");
    assertTrue(count("Subscription") > 0, "no subscription remained");

    clients.forEach(client -> client.session.connectionClosed());
    awaitGone(clients);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(before, pumps.stream().map(this::held).toList()));
  }

  /** Those that the storm has left; every kind is among them. */
  private List<Client> storm(Random random) {
    List<Client> clients = new ArrayList<>();
    int mostRuns = 0;
    for (int round = 0; round < ROUNDS; round++) {
      if (clients.size() < CLIENTS) {
        clients.add(come(Kind.values()[clients.size() % Kind.values().length], random));
      }
      publish(round, random);
      act(clients.get(random.nextInt(clients.size())), random);
      if (round % 10 == 9) {
        Client leaves = clients.remove(random.nextInt(clients.size()));
        leave(leaves.session, random);
      }
      if (round % 50 == 49) {
        mostRuns = Math.max(mostRuns, count("Run"));
      }
    }
    assertTrue(mostRuns > 0, "nobody ever waited for anything");
    return clients;
  }

  private Client come(Kind kind, Random random) {
    int lagMicros = random.nextInt(3_000);
    RecordingTransport transport =
        switch (kind) {
          case QUICK -> RecordingTransport.immediate();
          case LAGGING ->
              RecordingTransport.over(
                  completion ->
                      network.schedule(completion::sent, lagMicros, TimeUnit.MICROSECONDS));
          case STUCK -> RecordingTransport.manual();
          case BREAKING ->
              RecordingTransport.over(
                  completion ->
                      network.schedule(completion::failed, 10 * lagMicros, TimeUnit.MICROSECONDS));
        };
    return new Client(kind, sessions.open(transport, Caller.UNKNOWN));
  }

  private void publish(int round, Random random) {
    List<Draft> batch = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      String json = "{\"n\":" + random.nextInt(100) + ",\"odd\":" + random.nextBoolean() + "}";
      TopicName topic = TopicName.of(TOPICS.get(random.nextInt(TOPICS.size())));
      String key = random.nextBoolean() ? null : "k" + round % 7;
      batch.add(new Draft(topic, key, new Payload.Json(json), false, null, null));
    }
    log.append(batch);
  }

  private void act(Client client, Random random) {
    TopicPattern pattern = TopicPattern.of(PATTERNS.get(random.nextInt(PATTERNS.size())));
    switch (random.nextInt(8)) {
      case 0 -> client.session.unsubscribe(null, pattern);
      case 1 -> sessions.recheck();
      case 2 -> {
        changing.set(true);
        client.session.recheck();
        changing.set(false);
      }
      default -> client.session.subscribe(List.of(request(pattern, random)));
    }
  }

  private SubscribeRequest request(TopicPattern pattern, Random random) {
    Position head = log.head();
    boolean latest = random.nextBoolean();
    @Nullable Position since =
        random.nextBoolean() ? null : head.at((long) (head.offset() * random.nextDouble()));
    return new SubscribeRequest(
        1L,
        pattern,
        head,
        since,
        random.nextInt(20),
        latest ? TopicMode.LATEST : TopicMode.EVENTS,
        latest && random.nextBoolean() ? 1 + random.nextInt(200) : 0,
        random.nextBoolean() ? null : Condition.of(FILTERS.get(random.nextInt(FILTERS.size()))));
  }

  private static void leave(ClientSession session, Random random) {
    if (random.nextBoolean()) {
      session.connectionClosed();
    } else {
      session.disconnect(DisconnectReason.FORBIDDEN);
    }
  }

  private void awaitGone(List<Client> clients) {
    assertFalse(clients.isEmpty());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                clients.stream()
                    .noneMatch(client -> sessions.find(client.session.id()).isPresent()));
  }

  private void assertNothingWaits() {
    for (OutboundPump pump : pumps) {
      Map<String, Integer> held = held(pump);
      held.keySet().retainAll(WAITING);
      assertEquals(Map.of(), held);
    }
  }

  private int count(String type) {
    return pumps.stream().mapToInt(pump -> held(pump).getOrDefault(type, 0)).sum();
  }

  private void findPumps() {
    HeldObjects.of(sessions, Set.of(MemoryTopicLog.class))
        .getOrDefault("OutboundPump", List.of())
        .forEach(pump -> pumps.add((OutboundPump) pump));
    assertEquals(PUMPS, pumps.size());
  }

  /** How many objects of each class a pump holds, as its own thread sees it. */
  private Map<String, Integer> held(OutboundPump pump) {
    CompletableFuture<Map<String, Integer>> answer = new CompletableFuture<>();
    pump.execute(
        () -> {
          Map<String, Integer> counts = new TreeMap<>();
          HeldObjects.of(pump, NOT_OF_A_PUMP)
              .forEach((type, objects) -> counts.put(type, objects.size()));
          answer.complete(counts);
        });
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
