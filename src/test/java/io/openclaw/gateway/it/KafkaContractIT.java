package io.openclaw.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceContract;
import io.openclaw.gateway.source.SourceLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract with a real broker: a topic with one partition for each test, so all is in order.
 */
class KafkaContractIT extends SourceContract {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private static WorkDirectory work;
  private static KafkaServer broker;
  private final String topic = "contract-" + TOPICS.incrementAndGet();
  private KafkaGateway gateway;
  private KafkaProducer<byte[], byte[]> producer;

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
  void makeTopics() {
    gateway = new KafkaGateway(broker.bootstrapServers());
    producer = gateway.producer();
    gateway.makeTopic(topic, 1);
    gateway.makeTopic(topic + ".dead", 1);
  }

  @Override
  protected Source source(Ingest ingest, FailurePolicy policy, SourceLoop.Parts parts) {
    return gateway.source(gateway.settings(topic, "contract/${key}", policy), ingest, parts);
  }

  @Override
  protected void send(List<Event> events) throws Exception {
    List<Future<?>> sent = new ArrayList<>(events.size());
    for (Event event : events) {
      byte[] number = Integer.toString(event.number()).getBytes(UTF_8);
      sent.add(producer.send(new ProducerRecord<>(topic, event.key().getBytes(UTF_8), number)));
    }
    for (Future<?> one : sent) {
      one.get();
    }
  }

  @Override
  protected void sendPoison() throws Exception {
    byte[] tooMuch = "x".repeat(MAX_PAYLOAD_BYTES + 1).getBytes(UTF_8);
    producer.send(new ProducerRecord<>(topic, "k0".getBytes(UTF_8), tooMuch)).get();
  }

  @Override
  protected List<String> deadLetters() {
    return gateway.read(topic + ".dead").stream()
        .map(letter -> KafkaGateway.header(letter, "openclaw_reason"))
        .toList();
  }

  @Override
  protected void killNeighbour() {
    broker.kill();
  }

  @Override
  protected void restartNeighbour() {
    broker.restart();
  }

  @Override
  protected void stopNeighbour() {
    producer.close();
    gateway.close();
  }
}
