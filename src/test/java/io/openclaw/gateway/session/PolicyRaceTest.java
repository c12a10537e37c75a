package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.command.CurrentRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.RevocationSettings;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients subscribe, resume and unsubscribe all the time while others publish; again and again the
 * policy changes, and who the clients are. When a change has been acknowledged (all sessions were
 * checked again, and what had been offered to them before was sent), nobody is sent anything on a
 * topic that is not granted to them, until the next change begins. A seed fixes what is done, not
 * when.
 */
class PolicyRaceTest {
  private static final int CLIENTS = 6;
  private static final int CHANGES = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1", "b/2/x");
  private static final List<String> PATTERNS =
      List.of("a/1", "a/2", "b/1", "b/2/x", "a/+", "a/#", "b/#", "#", "+/1");

  /** Everybody is subscribed to it for good; a change is acknowledged by a publication there. */
  private static final String MARK = "mark";

  private static final List<Identity> IDENTITIES =
      List.of(
          Identity.ANONYMOUS,
          new Identity("ann", Set.of("red"), Map.of(), null, null),
          new Identity("bob", Set.of("blue"), Map.of(), null, null));
  private static final List<AccessPolicy> POLICIES =
      List.of(
          policy(grant(Who.ANYONE, false, "#")),
          policy(grant(Who.ANYONE, false, "a/#")),
          policy(grant(Who.ANYONE, false, "#"), deny(Who.ANYONE, "a/#")),
          policy(grant(Who.ANYONE, true, "a/1", "b/#")),
          policy(grant(Who.ANYONE, true, "#"), deny(new Who.Role("red"), "b/#")),
          policy(grant(new Who.Role("blue"), true, "+/1")),
          policy());

  private final ExecutorService network = Executors.newFixedThreadPool(2);
  private final ManualTime time = new ManualTime();
  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final CurrentPolicy policy = new CurrentPolicy(POLICIES.get(0));
  private final CurrentRights rights =
      new CurrentRights(policy, new Revocations(RevocationSettings.DEFAULT, time));
  private final ExampleGateway.Commands commands =
      new ExampleGateway.Commands(
          new Ingest(log, IngestSettings.DEFAULT),
          Spaces.of(log),
          new TopicRules(List.of()),
          policy,
          new ExampleServices(List.of()));
  private final AtomicInteger ids = new AtomicInteger();
  private final Sessions sessions =
      new Sessions(
          "n", SessionSettings.DEFAULT, log, 2, time, () -> "s" + ids.incrementAndGet(), rights);
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private int marks;

  private static AccessPolicy policy(AccessRule... rules) {
    return new AccessPolicy(
        Stream.concat(Stream.of(rules), Stream.of(grant(Who.ANYONE, false, MARK))).toList());
  }

  private static AccessRule grant(Who who, boolean narrows, String... topics) {
    return rule(Effect.GRANT, who, new AccessRule.Terms(null, narrows, 0), topics);
  }

  private static AccessRule deny(Who who, String... topics) {
    return rule(Effect.DENY, who, AccessRule.Terms.NONE, topics);
  }

  private static AccessRule rule(Effect effect, Who who, AccessRule.Terms terms, String... topics) {
    return new AccessRule(
        effect,
        List.of(who),
        Set.of(Action.SUBSCRIBE, Action.HISTORY),
        Stream.of(topics).map(TopicTemplate::of).toList(),
        terms);
  }

  @AfterEach
  void stop() {
    done.set(true);
    sessions.stop(Duration.ofSeconds(5));
    network.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nobodyIsSentWhatIsNotGrantedOnceAChangeIsAcknowledged(long seed) throws Exception {
    Random random = new Random(seed);
    sessions.start(Thread::new);
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(random.nextLong()));
    }
    clients.forEach(client -> threads.add(new Thread(guarded(client::hammer))));
    long publisherSeed = random.nextLong();
    threads.add(new Thread(guarded(() -> publish(new Random(publisherSeed)))));
    threads.forEach(Thread::start);
    int checked = 0;
    for (int i = 0; i < CHANGES; i++) {
      change(random);
      checked += letPassAndCheck(random);
    }
    done.set(true);
    for (Thread thread : threads) {
      thread.join(PATIENCE.toMillis());
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertTrue(checked > CHANGES, "hardly anything was sent: " + checked);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | AssertionError e) {
        failures.add(e);
      }
    };
  }

  private void publish(Random random) {
    while (!done.get()) {
      log.append(List.of(draft(TOPICS.get(random.nextInt(TOPICS.size())), 0)));
      LockSupport.parkNanos(random.nextInt(200_000));
    }
  }

  private static Draft draft(String topic, int number) {
    Payload payload = new Payload.Json(Integer.toString(number));
    return new Draft(TopicName.of(topic), null, payload, false, null, null);
  }

  private void change(Random random) {
    if (random.nextInt(3) == 0) {
      for (Client client : clients) {
        client.session.identity(IDENTITIES.get(random.nextInt(IDENTITIES.size())));
        client.session.recheck();
      }
    } else {
      policy.replace(POLICIES.get(random.nextInt(POLICIES.size())));
      sessions.recheck();
    }
    clients.forEach(client -> client.session.patterns().join());
    log.append(List.of(draft(MARK, ++marks)));
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> clients.stream().allMatch(client -> client.hasMark(marks)));
  }

  /** How many publications were looked at. */
  private int letPassAndCheck(Random random) {
    int[] from = clients.stream().mapToInt(client -> client.placeOfMark(marks)).toArray();
    LockSupport.parkNanos(random.nextInt(10_000_000));
    int checked = 0;
    for (int i = 0; i < from.length; i++) {
      checked += clients.get(i).check(from[i]);
    }
    return checked;
  }

  /** One session that never leaves. */
  private final class Client {
    private final Random random;
    private final RecordingTransport transport;
    private final ClientSession session;

    Client(long seed) {
      random = new Random(seed);
      transport =
          random.nextBoolean()
              ? RecordingTransport.immediate()
              : RecordingTransport.over(completion -> network.execute(completion::sent));
      session = sessions.open(transport, new Caller(Identity.ANONYMOUS, "192.0.2.1"));
      subscribe(MARK, null, 0);
    }

    void hammer() {
      while (!done.get()) {
        session.heard();
        String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
        if (random.nextInt(4) == 0) {
          session.unsubscribe(null, TopicPattern.of(pattern));
        } else {
          Position head = log.head();
          long back = Math.min(head.offset(), random.nextInt(20));
          Position since = random.nextBoolean() ? null : head.at(head.offset() - back);
          subscribe(pattern, since, random.nextInt(3) == 0 ? 5 : 0);
        }
        LockSupport.parkNanos(random.nextInt(1_000_000));
      }
    }

    /** As the dispatcher does. */
    private void subscribe(String topic, @Nullable Position since, int history) {
      TopicPattern pattern = TopicPattern.of(topic);
      try {
        SubscribeRequest granted =
            commands.subscribe(
                session,
                pattern,
                new ClientCommand.Subscribe(null, pattern, since, history, null, 0, null));
        // The thread may have to wait for a processor right here, and the policy change.
        LockSupport.parkNanos(random.nextInt(4) == 0 ? random.nextInt(4_000_000) : 0);
        session.subscribe(List.of(granted));
      } catch (AccessDeniedException e) {
        // What it would be told.
      }
    }

    boolean hasMark(int number) {
      assertEquals(0, transport.closeCode(), "it was to stay");
      return placeOfMark(number) >= 0;
    }

    /** The place of the frame with that mark; -1: it has not come. */
    int placeOfMark(int number) {
      List<String> frames = transport.frames();
      for (int i = frames.size() - 1; i >= 0; i--) {
        if (isMark(frames.get(i), number)) {
          return i;
        }
      }
      return -1;
    }

    private boolean isMark(String frame, int number) {
      int at = frame.indexOf("\"topic\":\"" + MARK + "\"");
      return at >= 0 && frame.contains("\"data\":" + number + "}");
    }

    /** Looks at all frames behind that one; how many publications they have. */
    int check(int mark) {
      List<String> frames = transport.frames();
      int publications = 0;
      for (String frame : frames.subList(mark + 1, frames.size())) {
        for (String topic : TOPICS) {
          boolean sent = frame.contains("\"op\":\"pub\",\"topic\":\"" + topic + "\"");
          publications += sent ? 1 : 0;
          assertTrue(
              !sent || isGranted(topic),
              () -> session.identity().user() + " was sent " + topic + ": " + frame);
        }
      }
      return publications;
    }

    private boolean isGranted(String topic) {
      TopicPattern exactly = TopicPattern.of(topic);
      return !(policy.decide(session, Action.SUBSCRIBE, exactly) instanceof AccessDecision.Refused);
    }
  }
}
