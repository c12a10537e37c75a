package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Lag;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consumes one destination: a batch of messages in one transaction, in order. Confined to the
 * thread of its loop.
 */
final class JmsFeed implements Feed {
  private static final long WAIT_MILLIS = 1000;

  private final JmsSourceSettings source;
  private final JmsInbox inbox;
  private final JmsTransactions transactions;
  private final JmsDeadLetters deadLetters;
  private final QueueLag lag;

  JmsFeed(
      JmsSourceSettings source,
      JmsInbox inbox,
      JmsTransactions transactions,
      JmsDeadLetters deadLetters,
      QueueLag lag) {
    this.source = source;
    this.inbox = inbox;
    this.transactions = transactions;
    this.deadLetters = deadLetters;
    this.lag = lag;
  }

  @Override
  public Progress take() throws Exception {
    List<Runnable> afterTransaction = new ArrayList<>(1);
    try {
      boolean some = receiveInto(transactions.begin(), afterTransaction);
      transactions.commit();
      return some ? Progress.BUSY : Progress.IDLE;
    } finally {
      transactions.rollback();
      afterTransaction.forEach(Runnable::run);
    }
  }

  private boolean receiveInto(JMSContext context, List<Runnable> afterTransaction)
      throws JMSException {
    try (JMSConsumer consumer = consumer(context)) {
      List<Message> messages = receive(consumer);
      if (!messages.isEmpty()) {
        inbox.take(messages, letter -> deadLetters.put(context, letter), afterTransaction::add);
      }
      return !messages.isEmpty();
    }
  }

  private JMSConsumer consumer(JMSContext context) {
    JmsDestination destination = source.destination();
    if (destination instanceof JmsDestination.SharedTopic topic) {
      return context.createSharedDurableConsumer(
          context.createTopic(topic.name()), topic.subscription(), source.selector());
    }
    return context.createConsumer(context.createQueue(destination.name()), source.selector());
  }

  private List<Message> receive(JMSConsumer consumer) {
    List<Message> messages = new ArrayList<>();
    int limit = inbox.limit();
    Message next = consumer.receive(WAIT_MILLIS);
    while (next != null) {
      messages.add(next);
      next = messages.size() < limit ? consumer.receiveNoWait() : null;
    }
    return messages;
  }

  @Override
  public Optional<Lag> lag() throws JMSException {
    return lag.read();
  }

  /** Nothing is held between two batches: each transaction has its own connection. */
  @Override
  public void close() {
    // Each transaction has its own connection, from the server's pool.
  }
}
