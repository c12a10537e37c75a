package io.openclaw.gateway.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Bounds;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Start;
import io.openclaw.gateway.topic.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaMappingTest {
  private static final byte[] NOT_UTF_8 = {(byte) 0xC3, (byte) 0x28};
  private final Headers headers = new RecordHeaders();

  private static KafkaMapping mapping(String topic, @Nullable String key, ValueFormat format) {
    return new KafkaMapping(
        new KafkaSourceSettings(
            "orders",
            new KafkaCluster("main", "127.0.0.1:9092", Map.of()),
            new KafkaTopics.Named(List.of("orders")),
            "openclaw",
            Start.EARLIEST,
            Template.ofTopic(topic, KafkaSourceSettings.PLACES),
            key == null ? null : Template.ofText(key, KafkaSourceSettings.PLACES),
            format,
            Bounds.DEFAULT,
            SourceOptions.DEFAULT));
  }

  private ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        "orders",
        3,
        17,
        1_000,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  private SourceEvent event(KafkaMapping mapping, @Nullable String key, @Nullable String value) {
    Arrival<?> arrival =
        mapping.map(
            record(
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8)));
    return there(arrival.event());
  }

  private static <T> T there(@Nullable T some) {
    assertNotNull(some);
    return some;
  }

  private String reason(KafkaMapping mapping, byte[] value) {
    return there(mapping.map(record(null, value)).fault()).reason();
  }

  private static Payload json(String text) {
    return new Payload.Json(text);
  }

  @Test
  void fillsTopicAndKeyFromTheRecord() {
    headers.add("site", "north".getBytes(UTF_8));
    KafkaMapping mapping =
        mapping(
            "${topic}/${partition}/${key}/${header.site}/${data.kind}",
            "${data.id}-${key}",
            ValueFormat.AUTO);
    SourceEvent event = event(mapping, "k", "{\"deep\":{\"kind\":1},\"id\":7,\"kind\":\"new\"}");
    assertEquals("orders/3/k/north/new", event.topic());
    assertEquals("7-k", event.key());
  }

  @Test
  void takesTheKeyOfTheRecordIfNoneIsConfigured() {
    KafkaMapping mapping = mapping("a", null, ValueFormat.AUTO);
    assertEquals("k", event(mapping, "k", "1").key());
    assertNull(event(mapping, null, "1").key());
  }

  @Test
  void aKeyThatIsNoTextIsInBase64() {
    SourceEvent event = mapping("a", null, ValueFormat.AUTO).map(record(NOT_UTF_8, null)).event();
    assertEquals("wyg", there(event).key());
  }

  @Test
  void namesTheEventByPlaceAndTimeUnlessAHeaderDoes() {
    KafkaMapping mapping = mapping("a", null, ValueFormat.AUTO);
    assertEquals("main:orders-3-17@1000", event(mapping, "k", "1").eventId());
    headers.add("eventId", "e-1".getBytes(UTF_8));
    assertEquals("e-1", event(mapping, "k", "1").eventId());
  }

  @Test
  void handsTheTraceOn() {
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    assertEquals("00-1-2-01", event(mapping("a", null, ValueFormat.AUTO), "k", "1").trace());
  }

  @Test
  void aRecordWithoutValueSaysThatTheKeyIsGone() {
    SourceEvent event = event(mapping("a", null, ValueFormat.JSON), "k", null);
    assertTrue(event.removed());
    assertEquals(Payload.NONE, event.payload());
  }

  @Test
  void autoTakesJsonElseTextElseBytes() {
    KafkaMapping mapping = mapping("a", null, ValueFormat.AUTO);
    assertEquals(json("{\"a\":1}"), event(mapping, "k", "{\"a\":1}").payload());
    assertEquals(json("\"hello\""), event(mapping, "k", "hello").payload());
    assertEquals(json("\"\uFFFD\""), event(mapping, "k", "\uFFFD").payload());
    SourceEvent event = there(mapping.map(record(null, NOT_UTF_8)).event());
    assertArrayEquals(NOT_UTF_8, ((Payload.Binary) event.payload()).content());
  }

  @Test
  void stringTakesTextAsItIs() {
    KafkaMapping mapping = mapping("a", null, ValueFormat.STRING);
    assertEquals(json("\"1\""), event(mapping, "k", "1").payload());
    assertEquals("the value is no text (UTF-8)", reason(mapping, NOT_UTF_8));
  }

  @Test
  void bytesTakesBytesAsTheyAre() {
    Payload payload = event(mapping("a", null, ValueFormat.BYTES), "k", "1").payload();
    assertArrayEquals("1".getBytes(UTF_8), ((Payload.Binary) payload).content());
  }

  @Test
  void jsonTakesNothingElse() {
    KafkaMapping mapping = mapping("a", null, ValueFormat.JSON);
    assertEquals("the value is no JSON", reason(mapping, "hello".getBytes(UTF_8)));
    assertEquals("the value is no JSON", reason(mapping, NOT_UTF_8));
  }

  @Test
  void aPlaceWithoutValueMakesTheRecordUnusable() {
    KafkaMapping mapping = mapping("a/${data.kind}", null, ValueFormat.AUTO);
    String wanted = "data.kind, which a/${data.kind} needs, has no value";
    assertEquals(wanted, reason(mapping, "{\"kind\":[1]}".getBytes(UTF_8)));
    assertEquals(wanted, reason(mapping, "[\"kind\"]".getBytes(UTF_8)));
    assertEquals(wanted, reason(mapping, "{\"a\":{\"kind\":1}}".getBytes(UTF_8)));
    assertEquals(wanted, reason(mapping, "{broken".getBytes(UTF_8)));
  }

  @Test
  void aPatternNeverMatchesWhatWasPutAside() {
    KafkaTopics.Matching all = new KafkaTopics.Matching("shop\\..*|x");
    assertTrue(all.pattern().matcher("shop.orders").matches());
    assertTrue(all.pattern().matcher("x").matches());
    assertEquals(false, all.pattern().matcher("shop.orders.dead").matches());
    assertEquals(false, all.pattern().matcher("my.shop.orders").matches());
  }

  @Test
  void aClusterShowsNoValuesOfProperties() {
    KafkaCluster cluster = new KafkaCluster("main", "h:9092", Map.of("sasl.jaas.config", "secret"));
    assertEquals(
        "KafkaCluster[name=main, bootstrapServers=h:9092, properties=[sasl.jaas.config]]",
        cluster.toString());
  }

  @Test
  void aClusterRefusesWhatTheGatewayDecidesAndWhatKafkaDoesNotKnow() {
    assertEquals("the gateway sets acks by itself", fault(Map.of("acks", "0")));
    assertEquals(
        "fetch.max.byte is no property of Kafka's consumers or producers",
        fault(Map.of("fetch.max.byte", "1")));
    assertEquals(
        "Invalid value x for configuration fetch.min.bytes: Not a number of type INT",
        fault(Map.of("fetch.min.bytes", "x")));
  }

  private static String fault(Map<String, String> properties) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> new KafkaCluster("main", "h:9092", properties))
            .getMessage());
  }
}
