package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.WorkDirectory;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A real broker in this JVM that can be stopped and started again. */
public final class TestBroker implements AutoCloseable {
  private static final long WAIT_MILLIS = 5000;

  private final WorkDirectory work = WorkDirectory.create();
  private final int port = Ports.free();
  private Broker broker;

  private TestBroker() {
    this.broker = start();
  }

  public static TestBroker create() {
    return new TestBroker();
  }

  private Broker start() {
    try {
      return Broker.start(port, work.path());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public void stop() {
    try {
      broker.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public void restart() {
    stop();
    broker = start();
  }

  public ConnectionFactory connections() {
    return new ActiveMQConnectionFactory(Broker.url(port));
  }

  /** Sends one message, persistent. */
  public void send(String queue, Function<JMSContext, Message> message) {
    try (JMSContext context = connections().createContext()) {
      context.createProducer().send(context.createQueue(queue), message.apply(context));
    }
  }

  public void sendToTopic(String topic, String text) {
    try (JMSContext context = connections().createContext()) {
      context.createProducer().send(context.createTopic(topic), text);
    }
  }

  /** The message as a receiver gets it; it can be read as long as it lives. */
  public Message roundTrip(String queue, Function<JMSContext, Message> message) {
    send(queue, message);
    return take(queue, 1).get(0);
  }

  /** Receives {@code count} messages and acknowledges them. */
  public List<Message> take(String queue, int count) {
    try (JMSContext context = connections().createContext();
        JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      List<Message> messages = new ArrayList<>();
      while (messages.size() < count) {
        Message message = consumer.receive(WAIT_MILLIS);
        if (message == null) {
          throw new AssertionError("only " + messages.size() + " messages in " + queue);
        }
        messages.add(message);
      }
      return messages;
    }
  }

  @Override
  public void close() {
    stop();
    work.close();
  }
}
