package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry with its pumps on real threads. */
class SessionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ManualTime time = new ManualTime();
  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final AtomicInteger ids = new AtomicInteger();
  private final AllRights rights = new AllRights();
  private final List<Thread> threads = new ArrayList<>();
  private final Sessions sessions =
      new Sessions(
          "node1",
          SessionSettings.DEFAULT,
          log,
          2,
          time,
          () -> "s" + ids.incrementAndGet(),
          rights);

  @BeforeEach
  void start() {
    sessions.start(
        pump -> {
          Thread thread = new Thread(pump);
          threads.add(thread);
          return thread;
        });
  }

  @AfterEach
  void stop() {
    sessions.stop(PATIENCE);
    assertFalse(threads.stream().anyMatch(Thread::isAlive));
  }

  private static boolean hasReceived(RecordingTransport transport, String op) {
    return transport.messages().stream().anyMatch(message -> message.getString("op").equals(op));
  }

  private void subscribe(ClientSession session) {
    session.subscribe(
        List.of(
            new SubscribeRequest(
                1L, TopicPattern.of("a"), log.head(), null, 0, TopicMode.EVENTS, 0, null)));
  }

  @Test
  void welcomesASession() {
    RecordingTransport transport = RecordingTransport.immediate();
    Identity ada = new Identity("ada", Set.of(), Map.of(), null, null);
    ClientSession session = sessions.open(transport, new Caller(ada, ""));
    await().atMost(PATIENCE).until(() -> !transport.frames().isEmpty());
    JsonObject welcome = transport.messages().get(0);
    assertEquals("welcome", welcome.getString("op"));
    assertEquals(session.id(), welcome.getString("session"));
    assertEquals("node1", welcome.getString("node"));
    assertEquals("ada", welcome.getString("user"));
  }

  @Test
  void findsItsSessionsUntilTheyAreGone() {
    ClientSession session = sessions.open(RecordingTransport.immediate(), Caller.UNKNOWN);
    assertEquals(Optional.of(session), sessions.find(session.id()));
    assertEquals(1, sessions.count());
    session.connectionClosed();
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    assertEquals(Optional.empty(), sessions.find(session.id()));
  }

  @Test
  void deliversToTheSessionsOfAllItsPumps() {
    List<RecordingTransport> transports = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      transports.add(RecordingTransport.immediate());
      subscribe(sessions.open(transports.get(i), Caller.UNKNOWN));
    }
    log.append(
        List.of(new Draft(TopicName.of("a"), null, new Payload.Json("1"), false, null, null)));
    await()
        .atMost(PATIENCE)
        .until(() -> transports.stream().allMatch(transport -> hasReceived(transport, "pub")));
    assertFalse(transports.stream().anyMatch(RecordingTransport::wasMisused));
  }

  @Test
  void rechecksEverySession() {
    RecordingTransport transport = RecordingTransport.immediate();
    subscribe(sessions.open(transport, Caller.UNKNOWN));
    await().atMost(PATIENCE).until(() -> hasReceived(transport, "live"));
    rights.refuseAll();
    sessions.recheck();
    await().atMost(PATIENCE).until(() -> hasReceived(transport, "unsubscribed"));
  }

  @Test
  void sendsEverybodyAwayWhenItStopsAndTakesNobodyElse() {
    RecordingTransport before = RecordingTransport.immediate();
    sessions.open(before, Caller.UNKNOWN);
    assertFalse(sessions.isFull());
    sessions.stop(PATIENCE);
    assertTrue(sessions.isFull());
    assertTrue(sessions.isDraining());
    assertEquals(0, sessions.count());
    assertTrue(hasReceived(before, "goodbye"));
    assertEquals(4000, before.closeCode());
  }

  @Test
  void doesNotWaitForAClientThatTakesNothing() {
    RecordingTransport stuck = RecordingTransport.manual();
    sessions.open(stuck, Caller.UNKNOWN);
    await().atMost(PATIENCE).until(stuck::isWriting);
    sessions.stop(Duration.ofMillis(200));
    await().atMost(PATIENCE).until(() -> threads.stream().noneMatch(Thread::isAlive));
  }
}
