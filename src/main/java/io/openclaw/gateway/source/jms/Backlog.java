package io.openclaw.gateway.source.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
   * any of them to the bean in advance. One that comes again says that the connection was lost
   * meanwhile: what came before it is in order for certain, and no more is taken.
   *
   * @param limit messages at most
   */
  List<Message> take(Message first, int limit) throws JMSException {
    List<Message> messages = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    JMSConsumer consumer = limit > 1 ? consumer() : null;
    Message next = first;
    while (next != null && isNew(next, ids)) {
      messages.add(next);
      next = consumer != null && messages.size() < limit ? consumer.receiveNoWait() : null;
    }
    return messages;
  }

  /** Closed with the context: a large body is read through it. */
  private JMSConsumer consumer() {
    JMSContext context = context();
    return context.createConsumer(context.createQueue(settings.queue()));
  }

  private static boolean isNew(Message message, Set<String> ids) throws JMSException {
    String id = message.getJMSMessageID();
    return id == null || ids.add(id);
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
