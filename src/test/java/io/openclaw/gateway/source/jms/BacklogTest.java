package io.openclaw.gateway.source.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class BacklogTest {
  private static final JmsSettings SETTINGS = new JmsSettings("in", "dead", 5, 500);

  private final TestBroker broker = TestBroker.create();

  @BeforeEach
  void sendNumbers() {
    IntStream.rangeClosed(1, 6)
        .forEach(n -> broker.send("in", context -> context.createTextMessage("" + n)));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private List<String> taken(Message first, int limit) throws JMSException {
    try (Backlog backlog = new Backlog(broker.connections(), SETTINGS)) {
      List<String> texts = new ArrayList<>();
      for (Message message : backlog.take(first, limit)) {
        texts.add(message.getBody(String.class));
      }
      return texts;
    }
  }

  @Test
  void takesThoseBehindTheFirstUpToTheLimit() throws JMSException {
    Message first = broker.take("in", 1).get(0);
    assertEquals(List.of("1", "2", "3", "4"), taken(first, 4));
  }

  @Test
  void takesTheFirstOnlyWhenAskedForOne() throws JMSException {
    Message first = broker.take("in", 1).get(0);
    assertEquals(List.of("1"), taken(first, 1));
  }

  /**
   * What the broker gives back when a connection is lost may go elsewhere, so there may be holes.
   */
  @Test
  void takesNoMoreWhenOneComesAgain() throws JMSException {
    try (JMSContext lost = broker.connections().createContext(JMSContext.SESSION_TRANSACTED);
        JMSConsumer consumer = lost.createConsumer(lost.createQueue("in"))) {
      Message first = consumer.receive(5_000);
      lost.rollback();
      consumer.close();
      assertEquals(List.of("1"), taken(first, 4));
    }
  }
}
