package io.openclaw.gateway.source.jms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.topic.Payload;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With messages that went through a real broker. */
class JmsMappingTest {
  private static final int MAX_BYTES = 1000;
  private static final AtomicInteger QUEUES = new AtomicInteger();

  private static TestBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.create();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Something that may be set at a message. */
  private interface Setting {
    void apply(Message message) throws JMSException;
  }

  private static Message received(Function<JMSContext, Message> maker, Setting... settings) {
    return broker.roundTrip(
        "mapping." + QUEUES.incrementAndGet(),
        context -> {
          Message message = maker.apply(context);
          for (Setting setting : settings) {
            set(message, setting);
          }
          return message;
        });
  }

  private static void set(Message message, Setting setting) {
    try {
      setting.apply(message);
    } catch (JMSException e) {
      throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
    }
  }

  private static Setting property(String name, Object value) {
    return message -> message.setObjectProperty(name, value);
  }

  private static SourceEvent map(Message message) throws Exception {
    return JmsMapping.byProperties(MAX_BYTES).map(message);
  }

  private static SourceEvent text(@Nullable String text, Setting... settings) throws Exception {
    Message message =
        received(
            context -> context.createTextMessage(text),
            m -> {
              m.setStringProperty("topic", "a/b");
              for (Setting setting : settings) {
                setting.apply(m);
              }
            });
    return map(message);
  }

  private static String json(SourceEvent event) {
    return ((Payload.Json) event.payload()).text();
  }

  private static String reason(JmsMapping mapping, Message message) {
    return assertThrows(UnusableMessageException.class, () -> mapping.map(message)).reason();
  }

  private static JmsMapping template(String topic, @Nullable String key) {
    JmsDestination queue = new JmsDestination.Queue("q");
    return JmsMapping.of(
        new JmsSourceSettings("in", queue, topic, key, null, SourceOptions.DEFAULT), MAX_BYTES);
  }

  @Test
  void takesTopicKeyEventIdAndTraceFromProperties() throws Exception {
    SourceEvent event =
        text("1", property("key", "k"), property("eventId", "e"), property("traceparent", "00-1"));
    assertEquals("a/b", event.topic());
    assertEquals("k", event.key());
    assertEquals("e", event.eventId());
    assertEquals("00-1", event.trace());
    assertFalse(event.removed());
  }

  @Test
  void theMessageIdIsTheEventIdWhereNoneIsGiven() throws Exception {
    Message message = received(context -> context.createTextMessage("1"), property("topic", "a"));
    assertEquals(message.getJMSMessageID(), map(message).eventId());
    assertNull(map(message).key());
  }

  @Test
  void aMessageWithoutTopicIsRefused() {
    Message message = received(context -> context.createTextMessage("1"));
    assertEquals(
        "the message has no string property named topic",
        reason(JmsMapping.byProperties(MAX_BYTES), message));
  }

  @Test
  void textThatIsJsonStaysAsItIs() throws Exception {
    for (String text : List.of("{\"price\": 1.50}", "[1, 2]", "17", "\"s\"", "null", " true ")) {
      assertEquals(text, json(text(text)));
    }
  }

  @Test
  void otherTextBecomesAJsonString() throws Exception {
    assertEquals("\"plain\"", json(text("plain")));
    assertEquals("\"{\\\"a\\\":1} x\"", json(text("{\"a\":1} x")));
    assertEquals("\"\"", json(text("")));
    assertEquals("\"1 2\"", json(text("1 2")));
    assertEquals("\"NaN\"", json(text("NaN")));
  }

  @Test
  void noTextAndNoBodyAreNull() throws Exception {
    assertEquals(Payload.NONE, text(null).payload());
    Message empty =
        received(JMSContext::createMessage, property("topic", "a"), property("removed", true));
    assertEquals(Payload.NONE, map(empty).payload());
    assertTrue(map(empty).removed());
  }

  @Test
  void bytesStayBytes() throws Exception {
    Message message =
        received(
            JMSContext::createBytesMessage,
            property("topic", "a"),
            m -> ((BytesMessage) m).writeBytes(new byte[] {1, 2, 3}));
    Payload.Binary payload = (Payload.Binary) map(message).payload();
    assertArrayEquals(new byte[] {1, 2, 3}, payload.content());
  }

  @Test
  void tooManyBytesAreRefused() {
    Message message =
        received(
            JMSContext::createBytesMessage,
            property("topic", "a"),
            m -> ((BytesMessage) m).writeBytes(new byte[MAX_BYTES + 1]));
    assertEquals(
        "the data has 1001 bytes; at most 1000 are allowed",
        reason(JmsMapping.byProperties(MAX_BYTES), message));
  }

  @Test
  void aMapBecomesAnObject() throws Exception {
    Message message =
        received(
            JMSContext::createMapMessage,
            property("topic", "a"),
            m -> {
              MapMessage map = (MapMessage) m;
              map.setString("s", "x\"y");
              map.setLong("l", 7);
              map.setDouble("d", 1.5);
              map.setDouble("nan", Double.NaN);
              map.setBoolean("b", true);
              map.setBytes("bytes", new byte[] {1, 2});
              map.setObject("none", null);
            });
    for (String member :
        List.of(
            "\"s\":\"x\\\"y\"",
            "\"l\":7",
            "\"d\":1.5",
            "\"nan\":\"NaN\"",
            "\"b\":true",
            "\"bytes\":\"AQI=\"",
            "\"none\":null")) {
      assertTrue(json(map(message)).contains(member), json(map(message)));
    }
  }

  @Test
  void serializedObjectsAndStreamsAreRefused() {
    JmsMapping mapping = JmsMapping.byProperties(MAX_BYTES);
    Serializable object = "x";
    assertEquals(
        "only text, bytes and map messages are understood",
        reason(
            mapping,
            received(context -> context.createObjectMessage(object), property("topic", "a"))));
    assertEquals(
        "only text, bytes and map messages are understood",
        reason(mapping, received(JMSContext::createStreamMessage, property("topic", "a"))));
  }

  @Test
  void aTemplateIsFilledFromPropertiesAndHeaders() throws Exception {
    Message message =
        received(
            context -> context.createTextMessage("1"),
            property("region", "eu"),
            property("number", 17),
            m -> m.setJMSCorrelationID("c-1"));
    SourceEvent event =
        template("orders/${property.region}/${property.number}", "${property.JMSCorrelationID}")
            .map(message);
    assertEquals("orders/eu/17", event.topic());
    assertEquals("c-1", event.key());
  }

  @Test
  void aTemplateWithoutItsPropertyIsRefused() {
    assertEquals(
        "property.region, which orders/${property.region} needs, has no value",
        reason(
            template("orders/${property.region}", null),
            received(context -> context.createTextMessage("1"))));
  }

  @Test
  void aValueThatLeavesItsLevelIsRefused() {
    assertEquals(
        "the value of property.region has a / + or #, so it is no level of"
            + " orders/${property.region}",
        reason(
            template("orders/${property.region}", null),
            received(context -> context.createTextMessage("1"), property("region", "eu/#"))));
  }
}
