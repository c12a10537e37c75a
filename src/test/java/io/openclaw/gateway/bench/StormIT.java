package io.openclaw.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real server after storms: 500 clients come back since a position, 50 of them never read, 20,000
 * publications rain, all connections are cut in the middle. What may stay has bounds:
 *
 * <ol>
 *   <li>no session, nothing that waits for one;
 *   <li>publications: those of the log and the current values;
 *   <li>encoded publications: 4,096, and the few messages that never change;
 *   <li>the heap: what it was after two storms before, and 15 MB.
 * </ol>
 */
class StormIT {
  private static final int CLIENTS = 500;
  private static final int STUCK = 50;
  private static final int MISSED = 100;
  private static final int PUBLICATIONS = 20_000;
  private static final int PER_SECOND = 10_000;
  private static final int PAYLOAD_BYTES = 200;
  private static final int SMALL_BUFFER_BYTES = 4_096;
  private static final int LOG_COUNT = 5_000;
  private static final int ENCODED = 4_096;
  private static final int CONSTANTS = 8;
  private static final long GROWTH_BYTES = 15_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> TOPICS = List.of("bench/t0000", "bench/t0001");

  /** What exists only for a session. */
  private static final List<String> GONE =
      List.of(
          "websocket.GatewayEndpoint$Connection",
          "session.ClientSession",
          "session.Run",
          "protocol.Frame",
          "subscription.Interests",
          "subscription.Subscription",
          "subscription.CatchUp");

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig =
        Rig.start(
            ServerKind.of(System.getProperty("openclaw.it.server", "payara")).orElseThrow(),
            Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath(),
            600,
            Map.of("openclaw.log.max-count", Integer.toString(LOG_COUNT)));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void leavesNothingBehind() throws Exception {
    storm();
    storm();
    ProcessProbe.Heap base = awaitNobody();
    for (int i = 0; i < 3; i++) {
      assertTrue(storm() > PUBLICATIONS, "hardly anything was delivered");
    }
    ProcessProbe.Heap after = awaitNobody();
    assertAtMost(LOG_COUNT + TOPICS.size(), after, "topic.Publication");
    assertAtMost(ENCODED + CONSTANTS, after, "protocol.Outgoing");
    long growth = after.total() - base.total();
    System.out.println(
        Text.format(
            "live heap after two storms %.1f MB, after three more %.1f MB",
            base.total() / 1e6, after.total() / 1e6));
    assertTrue(growth < GROWTH_BYTES, "the live heap has grown by " + growth + " bytes");
  }

  /** How many publications were delivered before all was cut. */
  private static long storm() throws Exception {
    Swarm swarm = rig.swarm();
    List<Client> publisher = swarm.connect(1, i -> Client.Opening.publisher(), PATIENCE);
    List<Client> before = swarm.connect(1, i -> Client.Opening.subscribe(TOPICS.get(0)), PATIENCE);
    String since = Storm.since(before.get(0));
    swarm.closeAll(before);
    publish(publisher, MISSED);
    List<Client> healthy =
        swarm.connect(CLIENTS - STUCK, i -> Client.Opening.subscribe(since, 0), PATIENCE);
    List<Client> stuck =
        swarm.connect(STUCK, i -> Client.Opening.subscribe(since, SMALL_BUFFER_BYTES), PATIENCE);
    swarm.call(
        () -> {
          stuck.forEach(Client::stopReading);
          return null;
        });
    swarm.count(new Tally(DueTime.now(), Long.MAX_VALUE));
    publish(publisher, PUBLICATIONS);
    assertEquals(CLIENTS + 1, rig.probe().heap().count("session.ClientSession"));
    swarm.closeAll(healthy);
    swarm.closeAll(stuck);
    swarm.closeAll(publisher);
    return swarm.count(Tally.none()).received();
  }

  private static void publish(List<Client> publisher, int count) throws Exception {
    new Publisher(publisher, TOPICS, PAYLOAD_BYTES).publish(PER_SECOND, DueTime.now(), count);
  }

  /** The heap when nothing of the sessions is left. */
  private static ProcessProbe.Heap awaitNobody() throws Exception {
    ProcessProbe.Heap heap = rig.probe().heap();
    for (int i = 0; i < PATIENCE.toSeconds() && !remaining(heap).isEmpty(); i++) {
      Pause.seconds(1);
      heap = rig.probe().heap();
    }
    assertEquals(Map.of(), remaining(heap));
    return heap;
  }

  private static Map<String, Long> remaining(ProcessProbe.Heap heap) {
    return GONE.stream()
        .filter(name -> heap.count(name) > 0)
        .collect(Collectors.toMap(name -> name, heap::count));
  }

  private static void assertAtMost(long bound, ProcessProbe.Heap heap, String name) {
    long count = heap.count(name);
    assertTrue(count <= bound, () -> count + " instances of " + name + ", at most " + bound);
  }
}
