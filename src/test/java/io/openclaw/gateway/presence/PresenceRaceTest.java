package io.openclaw.gateway.presence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import io.openclaw.gateway.topic.TopicRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Sessions on real threads subscribe, unsubscribe and go, by themselves and by the gateway, while
 * the log fails now and then. In the end exactly those are present who are subscribed.
 */
class PresenceRaceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 4;
  private static final int STEPS = 3_000;
  private static final int TOPICS = 8;
  private static final int OPEN = 20;
  private static final long SEED = 6;

  private final MemoryTopicLog memory =
      new MemoryTopicLog("e", LogSettings.DEFAULT, System::currentTimeMillis);
  private final AtomicInteger appends = new AtomicInteger();
  private final InterceptedLog log = InterceptedLog.beforeAppend(memory, this::failNowAndThen);
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<String> expected = new ConcurrentSkipListSet<>();
  private final Sessions sessions =
      new Sessions(
          "n1",
          SessionSettings.DEFAULT,
          memory,
          2,
          System::currentTimeMillis,
          () -> "s" + ids.incrementAndGet(),
          new AllRights());
  private final Presence presence =
      new Presence(
          "n1",
          new PresenceSettings(Duration.ofMillis(20), 100_000, 1_000, 100, Duration.ZERO),
          new TopicRules(
              List.of(new TopicRule(TopicPattern.of("rooms/#"), TopicMode.EVENTS, true))),
          Spaces.of(log),
          System::currentTimeMillis);
  private final PresenceWriter writer =
      new PresenceWriter(presence, new SingleNode(new Node("n1"), System::nanoTime));

  private void failNowAndThen() {
    if (appends.incrementAndGet() % 7 == 0) {
      throw new IllegalStateException("broken by the test");
    }
  }

  /** What one thread does with sessions of its own, so that it knows what must come of it. */
  private final class Visitors {
    private final Random random;
    private final List<ClientSession> open = new ArrayList<>();
    private final Set<String> present = new HashSet<>();

    Visitors(int number) {
      random = new Random(SEED + number);
    }

    void go() {
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      expected.addAll(present);
    }

    private void step() {
      int dice = random.nextInt(10);
      if (open.size() < OPEN && dice < 2 || open.isEmpty()) {
        open.add(sessions.open(RecordingTransport.immediate(), Caller.UNKNOWN));
        return;
      }
      ClientSession session = open.get(random.nextInt(open.size()));
      TopicPattern topic = TopicPattern.of("rooms/" + random.nextInt(TOPICS));
      if (dice < 6) {
        session.subscribe(List.of(request(topic)));
        present.add(topic + " " + session.id());
      } else if (dice < 9) {
        session.unsubscribe(null, topic);
        present.remove(topic + " " + session.id());
      } else {
        end(session);
      }
    }

    private void end(ClientSession session) {
      open.remove(session);
      present.removeIf(each -> each.endsWith(" " + session.id()));
      if (random.nextBoolean()) {
        session.disconnect(DisconnectReason.REBALANCE);
      }
      session.connectionClosed();
    }

    private SubscribeRequest request(TopicPattern topic) {
      return new SubscribeRequest(1L, topic, memory.head(), null, 0, TopicMode.EVENTS, 0, null);
    }
  }

  private Set<String> present() {
    Set<String> found = new TreeSet<>();
    for (Publication value : memory.snapshot(PresenceTopic.ALL).values()) {
      found.add(PresenceTopic.watched(value.topic()).orElseThrow() + " " + value.key());
    }
    return found;
  }

  @Test
  void inTheEndThoseArePresentWhoAreSubscribed() {
    sessions.attend(presence);
    sessions.start(Thread::new);
    writer.start(Thread::new);
    List<CompletableFuture<Void>> visits = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Visitors visitors = new Visitors(i);
      CompletableFuture<Void> visit = new CompletableFuture<>();
      visits.add(visit);
      new Thread(
              () -> {
                visitors.go();
                visit.complete(null);
              })
          .start();
    }
    visits.forEach(visit -> visit.orTimeout(30, TimeUnit.SECONDS).join());
    assertFalse(expected.isEmpty());
    await().atMost(PATIENCE).until(() -> present().equals(expected));
    assertEquals(expected.size(), presence.count());

    sessions.stop(PATIENCE);
    writer.stop(PATIENCE);
    assertEquals(Set.of(), present());
  }
}
