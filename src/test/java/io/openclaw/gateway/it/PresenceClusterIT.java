package io.openclaw.gateway.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.hazelcast.HazelcastCluster;
import io.openclaw.gateway.cluster.hazelcast.HazelcastEngine;
import io.openclaw.gateway.cluster.hazelcast.TestMembers;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.hazelcast.HazelcastJournal;
import io.openclaw.gateway.log.journal.hazelcast.QuorumRule;
import io.openclaw.gateway.log.journal.hazelcast.RingSettings;
import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.presence.PresenceSettings;
import io.openclaw.gateway.presence.PresenceWriter;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import io.openclaw.gateway.topic.TopicRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Presence on real members of a cluster, of which the oldest dies. */
@Tag("once")
class PresenceClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TopicName ROOM = TopicName.of("rooms/1");
  private static final int SESSIONS = 50;
  private static TestMembers members;

  @BeforeAll
  static void startMembers() {
    members = TestMembers.start(3);
  }

  @AfterAll
  static void stopMembers() {
    members.close();
  }

  /** The parts of a gateway that presence needs. */
  private static final class Gateway {
    private final HazelcastEngine engine;
    private final String name;
    private final HazelcastCluster cluster;
    private final JournalLog log;
    private final Presence presence;
    private final PresenceWriter writer;

    Gateway(HazelcastEngine engine, String name) {
      this.engine = engine;
      this.name = name;
      cluster = HazelcastCluster.join(engine, new Node(name), Thread::new);
      HazelcastJournal journal =
          new HazelcastJournal(
              engine.instance(),
              new RingSettings(
                  "presence",
                  10_000,
                  1L << 30,
                  Duration.ofMinutes(10),
                  1,
                  QuorumRule.HALF,
                  Duration.ofSeconds(10)),
              Thread::new,
              System::nanoTime,
              () -> UUID.randomUUID().toString());
      log =
          new JournalLog(
              journal,
              ThreadLocalRandom.current().nextLong(),
              LogSettings.DEFAULT,
              AppendSettings.DEFAULT,
              System::currentTimeMillis,
              System::nanoTime);
      log.open();
      presence =
          new Presence(
              name,
              PresenceSettings.DEFAULT,
              new TopicRules(
                  List.of(new TopicRule(TopicPattern.of("rooms/#"), TopicMode.EVENTS, true))),
              Spaces.of(log),
              System::currentTimeMillis);
      writer = new PresenceWriter(presence, cluster);
      writer.start(Thread::new);
    }

    void join(int sessions) {
      Identity who = new Identity("user of " + name, Set.of(), Map.of(), null, null);
      for (int i = 0; i < sessions; i++) {
        presence.subscribed(name + "-" + i, who, TopicPattern.exactly(ROOM));
      }
    }

    void awaitCount(int count) {
      await().atMost(PATIENCE).until(() -> presence.on(ROOM).count() == count);
    }

    /** Until the log has the sessions of these nodes, all of them, and of no other. */
    void awaitOnly(String... nodes) {
      Set<String> expected = new TreeSet<>();
      for (String node : nodes) {
        IntStream.range(0, SESSIONS).forEach(i -> expected.add(node + "-" + i));
      }
      await().atMost(PATIENCE).until(() -> inTheLog().equals(expected));
    }

    private Set<String> inTheLog() {
      return log.snapshot(PresenceTopic.ALL).values().stream()
          .map(Publication::key)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How often each session left, as this node was told. */
    Map<String, Long> leaves() {
      return log.readAfter(0, 10_000).stream()
          .filter(Publication::removed)
          .collect(Collectors.groupingBy(Publication::key, Collectors.counting()));
    }

    void die() {
      engine.instance().getLifecycleService().terminate();
      writer.stop(Duration.ofMillis(1));
      cluster.close();
    }

    void close() {
      writer.stop(PATIENCE);
      log.close();
      cluster.close();
    }
  }

  @Test
  void whoWasOnTheOldestNodeWhenItDiedIsGoneOnce() {
    Gateway first = new Gateway(members.get(0), "n1");
    Gateway second = new Gateway(members.get(1), "n2");
    Gateway third = new Gateway(members.get(2), "n3");
    List.of(first, second, third).forEach(each -> each.join(SESSIONS));
    List.of(first, second, third).forEach(each -> each.awaitCount(3 * SESSIONS));

    first.die();
    List.of(second, third).forEach(each -> each.awaitOnly("n2", "n3"));
    await().atMost(PATIENCE).until(() -> third.leaves().size() == SESSIONS);
    assertEquals(Set.of(1L), Set.copyOf(third.leaves().values()));

    second.close();
    third.close();
  }
}
