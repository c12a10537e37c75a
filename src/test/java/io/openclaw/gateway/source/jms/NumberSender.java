package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import java.util.concurrent.CompletableFuture;

/**
 * Sends persistent messages with the numbers 1, 2, 3 … in order, some in each transaction, each
 * until the broker has confirmed it. A commit that ended in an error may have worked, so each
 * message has an event id, as an application would give it.
 */
final class NumberSender {
  private static final int BATCH = 20;

  private final int brokerPort;
  private final String queue;
  private final String topic;
  private final int to;
  private volatile int confirmed;

  NumberSender(int brokerPort, String queue, String topic, int to) {
    this.brokerPort = brokerPort;
    this.queue = queue;
    this.topic = topic;
    this.to = to;
  }

  /** Sends all of them in another thread. */
  CompletableFuture<Void> start() {
    return CompletableFuture.runAsync(this::send);
  }

  private void send() {
    while (confirmed < to) {
      try (JMSContext context =
          Broker.connectionFactory(brokerPort).createContext(JMSContext.SESSION_TRANSACTED)) {
        while (confirmed < to) {
          int end = Math.min(to, confirmed + BATCH);
          send(context, confirmed + 1, end);
          context.commit();
          confirmed = end;
        }
      } catch (JMSRuntimeException e) {
        Thread.onSpinWait(); // the broker is away: connect again, send the same numbers again
      }
    }
  }

  private void send(JMSContext context, int first, int last) {
    JMSProducer producer = context.createProducer();
    for (int n = first; n <= last; n++) {
      producer.setProperty("topic", topic).setProperty("eventId", "number-" + n);
      producer.send(context.createQueue(queue), "{\"n\":" + n + "}");
    }
  }
}
