package io.openclaw.gateway.source.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.source.ResumingClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the broker and the gateway while 10,000 messages are on their way, on Payara Micro with the
 * broker as a process of its own.
 */
@Tag("once")
class JmsFaultIT {
  private static final int MESSAGES = 10_000;
  private static final int CUTS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String OPEN_TO_ALL =
      """
      access:
        - who: anyone
          may: all
          topics: ["#"]
      """;

  private static WorkDirectory work;
  private static BrokerProcess broker;
  private static GatewayServer gateway;

  @BeforeAll
  static void startBrokerAndGateway() throws IOException {
    work = WorkDirectory.create();
    Path configuration = Files.writeString(work.path().resolve("openclaw.yaml"), OPEN_TO_ALL);
    broker = BrokerProcess.start(Ports.free(), work.path());
    Path build = Path.of("target");
    gateway =
        GatewayServer.start(
            ServerKind.PAYARA,
            new ServerSettings(
                build,
                build.resolve("openclaw-gateway.war"),
                work.path(),
                Ports.free(),
                broker.port(),
                Map.of("openclaw.config", configuration.toString())));
  }

  @AfterAll
  static void stopAll() {
    gateway.close();
    broker.close();
    work.close();
  }

  @Test
  void eachMessageArrivesOnceInOrderThoughBrokerAndClientAreCut() {
    try (ResumingClient client = connect("broker-fault/#")) {
      NumberSender sender = sender("broker-fault/numbers");
      CompletableFuture<Void> sending = sender.start();
      for (int cut = 1; cut <= CUTS; cut++) {
        awaitCount(client, cut * MESSAGES / (CUTS + 2));
        client.cut();
        if (cut == CUTS / 3 || cut == 2 * CUTS / 3) {
          broker.kill();
          broker.restart();
        }
      }
      awaitCount(client, MESSAGES);
      sending.join();

      assertEquals(IntStream.rangeClosed(1, MESSAGES).boxed().toList(), client.numbers());
      assertEquals(List.of(), client.gaps());
    }
  }

  @Test
  void whatWasNotAcknowledgedArrivesOnceAfterTheGatewayWasKilled() {
    try (ResumingClient client = connect("gateway-fault/#")) {
      NumberSender sender = sender("gateway-fault/numbers");
      CompletableFuture<Void> sending = sender.start();
      awaitCount(client, MESSAGES / 3);
      gateway.kill();
      gateway.restart();
      await().atMost(LIMIT).until(() -> client.numbers().contains(MESSAGES));
      sending.join();

      List<Integer> numbers = client.numbers();
      assertEquals(numbers.stream().distinct().sorted().toList(), numbers, "once, in order");
      assertEquals(1, client.gaps().size(), "gaps: " + client.gaps());
      ResumingClient.Gap gap = client.gaps().get(0);
      assertEquals("epoch", gap.reason());
      assertOnlyTheGapIsMissing(numbers, gap.after());
    }
  }

  /** What was acknowledged but had not reached the client is what the gap stands for. */
  private static void assertOnlyTheGapIsMissing(List<Integer> numbers, int gapIndex) {
    List<Integer> missing = new ArrayList<>(IntStream.rangeClosed(1, MESSAGES).boxed().toList());
    missing.removeAll(numbers);
    int lastBefore = numbers.get(gapIndex - 1);
    for (int i = 0; i < missing.size(); i++) {
      assertEquals(lastBefore + 1 + i, missing.get(i), "missing: " + missing);
    }
    assertNotEquals(0, gapIndex);
    assertTrue(missing.size() < MESSAGES / 20, "missing: " + missing.size());
  }

  private static NumberSender sender(String topic) {
    return new NumberSender(broker.port(), "openclaw.events", topic, MESSAGES);
  }

  private static ResumingClient connect(String pattern) {
    ResumingClient client = ResumingClient.connect(gateway.webSocketUri(), pattern);
    await().atMost(Duration.ofSeconds(30)).until(client::isSubscribed);
    return client;
  }

  private static void awaitCount(ResumingClient client, int count) {
    await("publication " + count).atMost(LIMIT).until(() -> client.count() >= count);
  }
}
