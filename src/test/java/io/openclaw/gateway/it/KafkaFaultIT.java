package io.openclaw.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real broker that is killed and comes back. */
@Tag("once")
class KafkaFaultIT {
  private static final int EVENTS = 10_000;
  private static final int KEYS = 20;

  private static WorkDirectory work;
  private static KafkaServer broker;
  private KafkaGateway gateway;

  @BeforeAll
  static void startBroker() {
    work = WorkDirectory.create();
    broker = Neighbours.kafka(work.path());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    work.close();
  }

  @BeforeEach
  void startGateway() {
    gateway = new KafkaGateway(broker.bootstrapServers());
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  /** Sends all events; stops after two thirds until it may finish. */
  private void send(String topic, CompletableFuture<Void> mayFinish) {
    try (KafkaProducer<byte[], byte[]> producer = gateway.producer()) {
      for (int i = 0; i < EVENTS; i++) {
        if (i == EVENTS * 2 / 3) {
          mayFinish.join();
        }
        producer.send(
            new ProducerRecord<>(
                topic,
                KeyedNumbers.key(i, KEYS).getBytes(UTF_8),
                Integer.toString(KeyedNumbers.number(i, KEYS)).getBytes(UTF_8)));
      }
    }
  }

  @Test
  void eachEventArrivesOnceAndInOrderThoughTheBrokerIsKilled() {
    gateway.makeTopic("killed", 4);
    Source source = gateway.start(gateway.settings("killed"));
    CompletableFuture<Void> mayFinish = new CompletableFuture<>();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send("killed", mayFinish));
    gateway.awaitCount(EVENTS / 4);
    broker.kill();
    mayFinish.complete(null);
    KafkaGateway.awaitStatus(source, Status.DOWN);
    broker.restart();
    sending.join();
    gateway.awaitCount(EVENTS);
    KafkaGateway.awaitLag(source, 0);

    assertEquals(Status.UP, source.state().status());
    assertEquals(List.of(), KeyedNumbers.faults(gateway.published(), EVENTS, KEYS));
    assertEquals(EVENTS, source.counts().accepted());
  }

  @Test
  void anOutletSaysInBoundedTimeThatTheBrokerIsAwayAndWorksAgainWithoutHelp() throws Exception {
    gateway.makeTopic("out", 1);
    Outlet outlet = gateway.outlet("kafka:main/out");
    List<Outbound> messages =
        List.of(new Outbound("a/b", "k", new Payload.Json("1"), "id", Map.of()));
    outlet.send(messages);
    broker.kill();
    long before = System.nanoTime();
    assertThrows(OutletException.class, () -> outlet.send(messages));
    assertTrue(System.nanoTime() - before < Duration.ofSeconds(14).toNanos());
    broker.restart();
    await().atMost(KafkaGateway.LIMIT).until(() -> sends(outlet, messages));
  }

  private static boolean sends(Outlet outlet, List<Outbound> messages) {
    try {
      outlet.send(messages);
      return true;
    } catch (OutletException e) {
      return false;
    }
  }
}
