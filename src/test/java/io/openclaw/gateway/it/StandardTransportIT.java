package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.bench.ProcessProbe;
import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Delivery with nothing but the standard API, as on a server that does not let itself be written to
 * directly: everything in order for those that read, in both formats; those that don't are cut off
 * and cost a bounded amount of memory.
 */
class StandardTransportIT {
  private static final int READERS = 50;
  private static final int STUCK = 10;
  private static final int PUBLICATIONS = 8_000;
  private static final int SMALL_BUFFER = 4_096;
  private static final String TOPIC = "standard/topic";
  private static final String TRANSPORTS = "io.openclaw.gateway.websocket.";

  /**
   * Without bounds ten stuck clients would hold 16 MB each. With them: a queue of 1 MB, a frame
   * under way, the 4 MB of the log, and what the server keeps for the others.
   */
  private static final long GROWTH_BYTES = 50_000_000;

  private static final Deque<AutoCloseable> PIECES = new ArrayDeque<>();
  private static GatewayServer gateway;
  private static String token;

  @BeforeAll
  static void start() {
    WorkDirectory work = add(WorkDirectory.create());
    ServerKind kind = Neighbours.server();
    int brokerPort = Ports.free();
    if (kind == ServerKind.PAYARA) {
      add(BrokerProcess.start(brokerPort, work.path()));
    }
    DevelopmentTokens tokens = DevelopmentTokens.create();
    token = tokens.token("root", List.of("admin"), Duration.ofHours(1));
    Path home = Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
    Path build = home.resolve("target");
    gateway =
        add(
            GatewayServer.launch(
                kind,
                new ServerSettings(
                    build,
                    build.resolve("openclaw-gateway.war"),
                    work.path(),
                    Ports.free(),
                    brokerPort,
                    Map.of(
                        "openclaw.websocket.transport",
                        "standard",
                        "openclaw.log.max-bytes",
                        "4MiB",
                        "openclaw.security.jwt.hmac-secret",
                        tokens.secret(),
                        "openclaw.config",
                        home.resolve("src/test/resources/bench/openclaw.yaml").toString()))));
    gateway.awaitReady();
  }

  private static <T extends AutoCloseable> T add(T piece) {
    PIECES.push(piece);
    return piece;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable piece : PIECES) {
      piece.close();
    }
  }

  @Test
  void deliversInOrderAndCutsOffWhoeverDoesNotRead() throws Exception {
    ProcessProbe probe = new ProcessProbe(gateway.pid());
    try (CrowdedTopic topic = new CrowdedTopic(gateway.uri(), token, TOPIC, PUBLICATIONS);
        PackedClient packed = PackedClient.connect(gateway.webSocketUri(), token)) {
      topic.addReaders(READERS);
      packed.send(Map.of("op", "subscribe", "topic", TOPIC));
      assertTrue(packed.await("live"), "the client that speaks MessagePack never became live");
      topic.addReader(received -> readPacked(packed, received));
      List<RawConnection> stuck = new ArrayList<>();
      for (int i = 0; i < STUCK; i++) {
        stuck.add(topic.subscriber(SMALL_BUFFER));
      }
      ProcessProbe.Heap before = probe.heap();
      assertAllAreStandard(before);
      long growth = 0;
      for (int quarter = 1; quarter <= 4; quarter++) {
        topic.publishUntil(quarter * PUBLICATIONS / 4);
        growth = Math.max(growth, probe.heap().total() - before.total());
      }
      topic.assertAllWasRead();
      System.out.printf("live heap beside %d stuck clients: + %d MB%n", STUCK, growth / 1_000_000);
      assertTrue(growth < GROWTH_BYTES, "the heap grew by " + growth + " bytes");
      for (RawConnection each : stuck) {
        assertTrue(topic.isCutOff(each), "one that never reads was not disconnected");
      }
    }
  }

  private static void assertAllAreStandard(ProcessProbe.Heap heap) {
    List<String> transports =
        heap.instances().keySet().stream()
            .filter(name -> name.startsWith(TRANSPORTS) && name.endsWith("Transport"))
            .toList();
    assertEquals(List.of(TRANSPORTS + "StandardTransport"), transports);
    assertEquals(READERS + 1 + STUCK, heap.count("websocket.StandardTransport"));
  }

  /** How many publications came, each with the number after the one before. */
  private static int readPacked(PackedClient client, AtomicInteger received)
      throws InterruptedException {
    for (int n = 0; n < PUBLICATIONS; n++) {
      Value data = field(client.next("pub"), "data");
      assertEquals(n, field(data, "n").asIntegerValue().asInt());
      received.set(n + 1);
    }
    return received.get();
  }

  private static Value field(Value map, String name) {
    return Objects.requireNonNull(map.asMapValue().map().get(ValueFactory.newString(name)), name);
  }
}
