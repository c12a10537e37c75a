package io.openclaw.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings;
import io.openclaw.gateway.source.kafka.KafkaTopics;
import io.openclaw.gateway.source.kafka.ValueFormat;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is Kafka's own about a source and an outlet, with a real broker. */
@Tag("once")
class KafkaSourceIT {
  private static final int KEYS = 20;
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private static WorkDirectory work;
  private static KafkaServer broker;
  private final String topic = "topic-" + TOPICS.incrementAndGet();
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
  void startGateway() {
    gateway = new KafkaGateway(broker.bootstrapServers());
    producer = gateway.producer();
  }

  @AfterEach
  void stopGateway() {
    producer.close(Duration.ofSeconds(1));
    gateway.close();
  }

  private void send(@Nullable String key, @Nullable String value) {
    producer.send(
        new ProducerRecord<>(
            topic,
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
    producer.flush();
  }

  /** Sends the events from {@code first} up to {@code end}, exclusive. */
  private void sendNumbers(int first, int end) {
    for (int i = first; i < end; i++) {
      byte[] key = KeyedNumbers.key(i, KEYS).getBytes(UTF_8);
      byte[] number = Integer.toString(KeyedNumbers.number(i, KEYS)).getBytes(UTF_8);
      producer.send(new ProducerRecord<>(topic, key, number));
    }
    producer.flush();
  }

  private List<String> texts() {
    return gateway.published().stream().map(each -> each.key() + "=" + text(each)).toList();
  }

  private static String text(Publication publication) {
    return ((Payload.Json) publication.payload()).text();
  }

  private KafkaSourceSettings json(String deadLetters) {
    return gateway.settings(new KafkaTopics.Named(List.of(topic)), ValueFormat.JSON, deadLetters);
  }

  @Test
  void aRecordBecomesAPublication() {
    gateway.makeTopic(topic, 1);
    gateway.start(gateway.settings(topic));
    send("a", "{\"n\":1}");
    send(null, "hello");
    send("a", null);
    gateway.awaitCount(3);
    assertEquals(List.of("a={\"n\":1}", "null=\"hello\"", "a=null"), texts());
    assertEquals(topic, gateway.published().get(0).topic().toString());
    assertTrue(gateway.published().get(2).removed());
  }

  @Test
  void whatCanNeverWorkIsPutAsideWithTheReasonWhileTheRestFlows() {
    gateway.makeTopic(topic, 1);
    Source source = gateway.start(json(""));
    send("a", "1");
    send("b", "poison");
    send("c", "3");
    gateway.awaitCount(2);
    await().until(() -> source.counts().equals(new Counts(2, 0, 1, 0, 0)));
    assertEquals(List.of("a=1", "c=3"), texts());
    ConsumerRecord<byte[], byte[]> letter = gateway.read(topic + ".dead", 1).get(0);
    assertArrayEquals("b".getBytes(UTF_8), letter.key());
    assertArrayEquals("poison".getBytes(UTF_8), letter.value());
    assertEquals("the value is no JSON", KafkaGateway.header(letter, "openclaw_reason"));
    assertEquals("bad_request", KafkaGateway.header(letter, "openclaw_code"));
    assertEquals("kafka:test", KafkaGateway.header(letter, "openclaw_source"));
    assertEquals(topic + "-0-1", KafkaGateway.header(letter, "openclaw_place"));
  }

  @Test
  void whatCanNeverWorkGoesToTheOutletThatTheSourceNames() {
    gateway.makeTopic(topic, 1);
    gateway.start(json("kafka:main/aside"));
    send("b", "poison");
    ConsumerRecord<byte[], byte[]> letter = gateway.read("aside", 1).get(0);
    assertArrayEquals("poison".getBytes(UTF_8), letter.value());
    assertEquals("the value is no JSON", KafkaGateway.header(letter, "openclaw_reason"));
    assertEquals("b", KafkaGateway.header(letter, "kafka_key"));
    assertEquals("kafka:test:" + topic + "-0-0", KafkaGateway.header(letter, "eventId"));
  }

  @Test
  void nothingIsLostOrDoubledWhenAMemberOfTheGroupComesAndOneLeaves() {
    gateway.makeTopic(topic, 4);
    Source first = gateway.start(gateway.settings(topic));
    sendNumbers(0, 2_000);
    gateway.awaitCount(1);
    Source second = gateway.start(gateway.settings(topic));
    sendNumbers(2_000, 6_000);
    await().atMost(KafkaGateway.LIMIT).until(() -> second.counts().accepted() > 0);
    first.stop(Duration.ofSeconds(5));
    sendNumbers(6_000, 10_000);
    gateway.awaitCount(10_000);
    KafkaGateway.awaitLag(second, 0);
    assertEquals(List.of(), KeyedNumbers.faults(gateway.published(), 10_000, KEYS));
    assertEquals(10_000, first.counts().accepted() + second.counts().accepted());
  }

  @Test
  void goesOnWhereItHadStopped() {
    gateway.makeTopic(topic, 2);
    Source first = gateway.start(gateway.settings(topic));
    sendNumbers(0, 1_000);
    gateway.awaitCount(1_000);
    first.stop(Duration.ofSeconds(5));
    sendNumbers(1_000, 2_000);
    Source second = gateway.start(gateway.settings(topic));
    gateway.awaitCount(2_000);
    KafkaGateway.awaitLag(second, 0);
    assertEquals(new Counts(1_000, 0, 0, 0, 0), second.counts());
    assertEquals(List.of(), KeyedNumbers.faults(gateway.published(), 2_000, KEYS));
  }

  @Test
  void beginsWithWhatComesIfItIsToldTo() {
    gateway.makeTopic(topic, 1);
    send("a", "1");
    Source source = gateway.start(gateway.latest(topic));
    KafkaGateway.awaitLag(source, 0);
    send("a", "2");
    gateway.awaitCount(1);
    source.stop(Duration.ofSeconds(5));
    send("a", "3");
    gateway.start(gateway.latest(topic));
    gateway.awaitCount(2);
    assertEquals(List.of("a=2", "a=3"), texts());
  }

  @Test
  void triesAgainWhatTheGatewayFailedOn() {
    AtomicInteger calls = new AtomicInteger();
    gateway.close();
    gateway =
        new KafkaGateway(
            broker.bootstrapServers(),
            log -> new InterceptedLog(log, () -> failFirst(calls.incrementAndGet())));
    gateway.makeTopic(topic, 1);
    sendNumbers(0, 100);
    Source source = gateway.start(gateway.settings(topic));
    gateway.awaitCount(100);
    assertEquals(List.of(), KeyedNumbers.faults(gateway.published(), 100, KEYS));
    assertEquals(new Counts(100, 0, 0, 0, 2), source.counts());
  }

  private static void failFirst(int call) {
    if (call <= 2) {
      throw new IllegalStateException("a fault of the gateway");
    }
  }

  @Test
  void readsAllTopicsThatMatch() {
    gateway.makeTopic(topic, 1);
    gateway.makeTopic(topic + ".dead", 1);
    KafkaTopics matching = new KafkaTopics.Matching(topic + ".*");
    gateway.start(gateway.settings(matching, ValueFormat.AUTO, ""));
    producer.send(new ProducerRecord<>(topic + ".dead", "1".getBytes(UTF_8)));
    producer.flush();
    send("a", "2");
    gateway.awaitCount(1);
    assertEquals(List.of("a=2"), texts());
  }

  @Test
  void anOutletSendsInOrderWithKeyIdAndProperties() throws Exception {
    gateway.makeTopic(topic, 1);
    Outbound first =
        new Outbound("orders/1", "k", new Payload.Json("{}"), "e1", Map.of("user", "ann"));
    Outbound second = new Outbound("", null, new Payload.Binary(new byte[] {1}), null, Map.of());
    gateway.outlet("kafka:main/" + topic).send(List.of(first, second));
    List<ConsumerRecord<byte[], byte[]>> read = gateway.read(topic, 2);
    assertArrayEquals("k".getBytes(UTF_8), read.get(0).key());
    assertArrayEquals("{}".getBytes(UTF_8), read.get(0).value());
    assertEquals("ann", KafkaGateway.header(read.get(0), "user"));
    assertEquals("orders/1", KafkaGateway.header(read.get(0), "topic"));
    assertEquals("e1", KafkaGateway.header(read.get(0), "eventId"));
    assertArrayEquals(new byte[] {1}, read.get(1).value());
    assertEquals(0, read.get(1).headers().toArray().length);
  }
}
