package io.openclaw.gateway.source.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.source.Lag;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real broker. */
class QueueLagTest {
  private static final int WAITING = 450;

  private static TestBroker broker;

  @BeforeAll
  static void sendMessages() {
    broker = TestBroker.create();
    try (JMSContext context = broker.connections().createContext()) {
      for (int i = 0; i < WAITING; i++) {
        context.createProducer().send(context.createQueue("waiting"), "x");
      }
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Optional<Lag> read(JmsDestination destination, @Nullable String selector)
      throws JMSException {
    return new QueueLag(broker.connections(), destination, selector).read();
  }

  @Test
  void artemisSaysHowManyWait() throws JMSException {
    assertEquals(Optional.of(Lag.events(WAITING)), read(new JmsDestination.Queue("waiting"), null));
  }

  @Test
  void withASelectorTheyAreCountedUpToABound() throws JMSException {
    JmsDestination queue = new JmsDestination.Queue("waiting");
    assertEquals(Optional.of(Lag.events(200)), read(queue, "kind IS NULL"));
    assertEquals(Optional.of(Lag.events(0)), read(queue, "kind = 'a'"));
  }

  @Test
  void aQueueThatIsNotThereYetIsEmpty() throws JMSException {
    assertEquals(
        Optional.of(Lag.events(0)), read(new JmsDestination.Queue("nobody.sent.yet"), null));
  }

  @Test
  void nobodyCanTellForATopic() throws JMSException {
    assertEquals(Optional.empty(), read(new JmsDestination.SharedTopic("news", "gateway"), null));
  }
}
