package io.openclaw.gateway.source.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the message-driven bean does at the broker beside taking the message that woke it: takes
 * those behind it, and puts dead letters aside. All of it is in the bean's transaction, through a
 * connection that is only opened when it is needed. Confined to one call of the bean.
 */
final class Backlog implements AutoCloseable {
  private final ConnectionFactory connections;
  private final JmsSettings settings;
  private @Nullable JMSContext context;

  Backlog(ConnectionFactory connections, JmsSettings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  /**
   * {@code first} and those that are waiting behind it, in order. The broker must not have handed
   * any of them to the bean in advance.
   *
   * @param limit messages at most
   */
  List<Message> take(Message first, int limit) {
    List<Message> messages = new ArrayList<>();
    messages.add(first);
    if (limit > 1) {
      JMSContext context = context();
      // Closed with the context: a large body is read through it.
      JMSConsumer consumer = context.createConsumer(context.createQueue(settings.queue()));
      Message next = consumer.receiveNoWait();
      while (next != null) {
        messages.add(next);
        next = messages.size() < limit ? consumer.receiveNoWait() : null;
      }
    }
    return messages;
  }

  /** Puts one of them into the dead-letter queue. */
  void putAside(JmsDeadLetters.Letter letter) throws JMSException {
    new JmsDeadLetters(settings.deadLetterQueue()).put(context(), letter);
  }

  private JMSContext context() {
    JMSContext open = context;
    if (open == null) {
      open = connections.createContext();
      context = open;
    }
    return open;
  }

  @Override
  public void close() {
    JMSContext open = context;
    context = null;
    if (open != null) {
      open.close();
    }
  }
}
