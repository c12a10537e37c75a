package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Publishers append to two spaces while clients subscribe to topics of both, unsubscribe and resume
 * at random positions; afterwards a {@link DeliveryChecker} for each space goes through what each
 * session received of it. A seed fixes what is done, not when.
 */
class SpacesRaceTest {
  private static final int PUBLICATIONS_EACH = 2_000;
  private static final int CLIENTS = 6;
  private static final int STEPS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TOPICS = List.of("a/1", "a/2", "c", "iot/1", "iot/2/x", "dev");
  private static final List<String> PATTERNS =
      List.of("a/1", "a/#", "c", "#", "+/1", "+", "iot/1", "iot/+", "iot/#", "dev", "none/#");
  private static final List<String> ENDS = List.of("end", "iot/end");
  private static final SessionSettings SETTINGS = SessionSettings.DEFAULT;

  private final Spaces spaces =
      Spaces.of(
          new SpaceSettings(Map.of("iot", List.of("iot", "dev"))),
          name -> new MemoryTopicLog(name, LogSettings.DEFAULT, System::currentTimeMillis));
  private final ExecutorService network = Executors.newFixedThreadPool(2);
  private final AtomicInteger ids = new AtomicInteger();
  private final Sessions sessions =
      new Sessions(
          "n",
          SETTINGS,
          spaces,
          2,
          System::currentTimeMillis,
          () -> "s" + ids.incrementAndGet(),
          new AllRights(),
          CurrentLimits.only(Limits.DEFAULT));

  @AfterEach
  void stop() {
    sessions.stop(Duration.ofSeconds(5));
    network.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everySessionGetsWhatItWantsOfEachSpaceOnceAndInOrder(long seed) throws Exception {
    sessions.start(Thread::new);
    Random random = new Random(seed);
    List<Client> clients = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(random.nextLong());
      clients.add(client);
      threads.add(new Thread(client));
    }
    for (int i = 0; i < 2; i++) {
      long publisherSeed = random.nextLong();
      threads.add(new Thread(() -> publish(new Random(publisherSeed))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
    end(clients);
    spaces.all().forEach(space -> check(space, clients));
  }

  private void publish(Random random) {
    for (int i = 0; i < PUBLICATIONS_EACH; i++) {
      append(TOPICS.get(random.nextInt(TOPICS.size())), i);
      LockSupport.parkNanos(random.nextInt(50_000));
    }
  }

  private void append(String topic, int number) {
    TopicName name = TopicName.of(topic);
    Payload payload = new Payload.Json(Integer.toString(number));
    spaces.of(name).log().append(List.of(new Draft(name, null, payload, false, null, null)));
  }

  /** What is published last in a space has everything else of it before it. */
  private void end(List<Client> clients) {
    List<TopicPattern> patterns = ENDS.stream().map(TopicPattern::of).toList();
    clients.forEach(client -> client.subscribe(patterns, false));
    ENDS.forEach(topic -> append(topic, 0));
    await().atMost(PATIENCE).until(() -> clients.stream().allMatch(Client::isDone));
  }

  private void check(Space space, List<Client> clients) {
    Map<Long, Publication> published = new HashMap<>();
    List<Publication> all = space.log().readAfter(0, Integer.MAX_VALUE / 2);
    all.forEach(publication -> published.put(publication.offset(), publication));
    assertTrue(published.size() > PUBLICATIONS_EACH / 2);
    int received = 0;
    for (Client client : clients) {
      assertFalse(client.transport.wasMisused());
      DeliveryChecker checker = new DeliveryChecker(published, client.requests);
      checker.check(client.messagesOf(space));
      checker.checkEnd();
      received += checker.publications();
      assertEquals(0, checker.gaps());
    }
    assertTrue(received > PUBLICATIONS_EACH, "only " + received + " of " + space.name());
  }

  /** One client with its session. */
  private final class Client implements Runnable {
    private final Random random;
    private final RecordingTransport transport;
    private final ClientSession session;
    private final Map<Long, SubscribeRequest> requests = new ConcurrentHashMap<>();
    private final AtomicLong requestIds = new AtomicLong();

    Client(long seed) {
      random = new Random(seed);
      transport =
          random.nextBoolean()
              ? RecordingTransport.immediate()
              : RecordingTransport.over(completion -> network.execute(completion::sent));
      session = sessions.open(transport, Caller.UNKNOWN);
    }

    @Override
    public void run() {
      for (int step = 0; step < STEPS; step++) {
        LockSupport.parkNanos(random.nextInt(4_000_000));
        if (random.nextInt(4) == 0) {
          session.unsubscribe(null, pattern());
        } else {
          List<TopicPattern> patterns = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            patterns.add(pattern());
          }
          subscribe(patterns, true);
        }
      }
    }

    private TopicPattern pattern() {
      return TopicPattern.of(PATTERNS.get(random.nextInt(PATTERNS.size())));
    }

    void subscribe(List<TopicPattern> patterns, boolean maySince) {
      session.subscribe(patterns.stream().map(pattern -> request(pattern, maySince)).toList());
    }

    private SubscribeRequest request(TopicPattern pattern, boolean maySince) {
      Position head = spaces.of(pattern).log().head();
      long far = Math.min(random.nextBoolean() ? head.offset() : 100, head.offset());
      Position since = head.at(head.offset() - (long) (random.nextDouble() * far));
      SubscribeRequest request =
          new SubscribeRequest(
              requestIds.incrementAndGet(),
              pattern,
              head,
              maySince && random.nextInt(3) > 0 ? since : null,
              0,
              TopicMode.EVENTS,
              0,
              null);
      requests.put(requestIds.get(), request);
      return request;
    }

    boolean isDone() {
      return ENDS.stream()
          .map(topic -> "\"op\":\"pub\",\"topic\":\"" + topic + '"')
          .allMatch(end -> transport.frames().stream().anyMatch(frame -> frame.contains(end)));
    }

    List<JsonObject> messagesOf(Space space) {
      return transport.messages().stream().filter(message -> isOf(space, message)).toList();
    }

    private boolean isOf(Space space, JsonObject message) {
      String named = message.getString("space", Space.DEFAULT);
      return switch (message.getString("op")) {
        case "pub", "subscribed", "gap" -> named.equals(space.name());
        case "live", "unsubscribed" ->
            spaces.of(TopicPattern.of(message.getString("topic"))).equals(space);
        default -> false;
      };
    }
  }
}
