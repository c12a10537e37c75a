package io.openclaw.gateway.outlet.jms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.source.jms.TestBroker;
import io.openclaw.gateway.topic.Payload;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class JmsOutletTest {
  private final TestBroker broker = TestBroker.create();
  private final LocalSending sending = new LocalSending(broker.connections());
  private final JmsOutlet outlet = new JmsOutlet(OutletAddress.of("jms:queue/out"), sending);

  @AfterEach
  void stop() {
    broker.close();
  }

  private static Outbound message(@Nullable String id, String json) {
    return new Outbound("a/b", null, new Payload.Json(json), id, Map.of());
  }

  private List<String> texts(int count) throws JMSException {
    List<String> texts = new ArrayList<>();
    for (Message each : broker.take("out", count)) {
      texts.add(((TextMessage) each).getText());
    }
    try (JMSContext context = broker.connections().createContext();
        JMSConsumer consumer = context.createConsumer(context.createQueue("out"))) {
      assertEquals(null, consumer.receiveNoWait(), "a further message");
    }
    return texts;
  }

  @Test
  void sendsJsonAsTextAndBytesAsBytes() throws Exception {
    Payload bytes = new Payload.Binary(new byte[] {0, 1, -1});
    Outbound binary = new Outbound("", "k", bytes, null, Map.of("openclaw_user", "ada"));
    outlet.send(List.of(message("1", "{\"x\":1}"), binary));
    List<Message> messages = broker.take("out", 2);

    Message text = messages.get(0);
    assertEquals("{\"x\":1}", ((TextMessage) text).getText());
    assertEquals("a/b", text.getStringProperty("topic"));
    assertEquals("1", text.getStringProperty("eventId"));
    assertFalse(text.propertyExists("key"));
    assertEquals(DeliveryMode.PERSISTENT, text.getJMSDeliveryMode());

    BytesMessage second = (BytesMessage) messages.get(1);
    byte[] content = new byte[(int) second.getBodyLength()];
    second.readBytes(content);
    assertArrayEquals(new byte[] {0, 1, -1}, content);
    assertFalse(second.propertyExists("topic"));
    assertEquals("k", second.getStringProperty("key"));
    assertEquals("ada", second.getStringProperty("openclaw_user"));
  }

  @Test
  void sendsToATopic() throws Exception {
    JmsOutlet topic = new JmsOutlet(OutletAddress.of("jms:topic/news"), sending);
    try (JMSContext context = broker.connections().createContext();
        JMSConsumer consumer = context.createConsumer(context.createTopic("news"))) {
      topic.send(List.of(message("1", "1")));
      assertEquals("1", consumer.receiveBody(String.class, 5_000));
    }
  }

  @Test
  void whatTheBrokerHasAlreadyDoesNotHoldUpTheOthers() throws Exception {
    outlet.send(List.of(message("1", "1")));
    outlet.send(List.of(message("0", "0"), message("1", "1"), message("2", "2")));
    assertEquals(List.of("1", "0", "2"), texts(3));
  }

  @Test
  void arrivesOnceIfNobodyLearnsThatTheTransactionWorked() throws Exception {
    sending.loseAnswers(1);
    outlet.send(List.of(message("1", "1"), message("2", "2")));
    assertEquals(List.of("1", "2"), texts(2));
  }

  @Test
  void withoutAnIdItIsNotSentTwice() throws Exception {
    sending.loseAnswers(1);
    assertThrows(
        OutletException.class, () -> outlet.send(List.of(message("1", "1"), message(null, "2"))));
    assertEquals(List.of("1", "2"), texts(2));
  }

  @Test
  void saysThatItIsNotCertainWhileTheBrokerIsAway() throws Exception {
    broker.stop();
    OutletException e =
        assertThrows(OutletException.class, () -> outlet.send(List.of(message("1", "1"))));
    assertTrue(String.valueOf(e.getMessage()).startsWith("jms:queue/out: "), e.getMessage());
    broker.restart();
    outlet.send(List.of(message("1", "1")));
    assertEquals(List.of("1"), texts(1));
  }

  @Test
  void propertiesGetNamesThatMessagesCanHave() {
    Map<String, String> names = new TreeMap<>();
    for (String name :
        List.of(
            "content-type",
            "a.b",
            "1st",
            "",
            "JMSXGroupID",
            "_AMQ_SCHED_DELIVERY",
            "topic",
            "eventId",
            "Not",
            "größe",
            "a\u0000b")) {
      names.put(name, PropertyNames.valid(name));
    }
    assertEquals(
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("content-type", "content_type"),
                Map.entry("a.b", "a_b"),
                Map.entry("1st", "x_1st"),
                Map.entry("", "x_"),
                Map.entry("JMSXGroupID", "x_JMSXGroupID"),
                Map.entry("_AMQ_SCHED_DELIVERY", "x__AMQ_SCHED_DELIVERY"),
                Map.entry("topic", "x_topic"),
                Map.entry("eventId", "x_eventId"),
                Map.entry("Not", "x_Not"),
                Map.entry("größe", "größe"),
                Map.entry("a\u0000b", "a_b"))),
        names);
  }

  @Test
  void aNameThatBecomesThatOfAnotherPropertyDoesNotReplaceIt() {
    for (List<String> order :
        List.of(
            List.of("openclaw-user", "openclaw_user"), List.of("openclaw_user", "openclaw-user"))) {
      Map<String, String> properties = new LinkedHashMap<>();
      order.forEach(name -> properties.put(name, name));
      Outbound outbound = new Outbound("t", null, Payload.NONE, null, properties);
      assertEquals(
          Map.of("topic", "t", "openclaw_user", "openclaw_user"), PropertyNames.valid(outbound));
    }
    assertEquals(
        Collections.emptyMap(),
        PropertyNames.valid(new Outbound("", null, Payload.NONE, null, Map.of())));
  }
}
