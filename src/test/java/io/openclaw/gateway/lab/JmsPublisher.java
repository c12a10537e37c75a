package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.TextMessage;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends persistent JMS messages, some in each transaction. */
final class JmsPublisher extends Publisher {
  private final int brokerPort;
  private @Nullable JMSContext context;

  JmsPublisher(Ledger ledger, int perSecond, int brokerPort) {
    super("jms to " + brokerPort, ledger, perSecond);
    this.brokerPort = brokerPort;
  }

  @Override
  List<Sending> send(List<Event> events, long firstNanos) throws JMSException {
    JMSContext open = context;
    if (open == null) {
      open = Broker.impatientFactory(brokerPort).createContext(JMSContext.SESSION_TRANSACTED);
      context = open;
    }
    JMSProducer producer = open.createProducer();
    for (Event event : events) {
      producer.send(open.createQueue(Broker.EVENTS), message(open, event));
    }
    open.commit();
    return events.stream()
        .map(event -> new Sending(event.number(), event.topic(), firstNanos, null))
        .toList();
  }

  private static TextMessage message(JMSContext context, Event event) throws JMSException {
    TextMessage message = context.createTextMessage(event.data(System.nanoTime()));
    message.setStringProperty("topic", event.topicName());
    message.setStringProperty("eventId", event.eventId());
    return message;
  }

  /** How many messages of a queue the broker would deliver. */
  static int in(String queue, int brokerPort) {
    try (JMSContext context = Broker.impatientFactory(brokerPort).createContext()) {
      return Collections.list(context.createBrowser(context.createQueue(queue)).getEnumeration())
          .size();
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void disconnect() {
    JMSContext last = context;
    context = null;
    if (last != null) {
      try {
        last.close();
      } catch (RuntimeException e) {
        // it is gone in any case
      }
    }
  }
}
