package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Pause;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.StallGuard;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Consumes one destination in the thread that runs it: a batch of messages in one transaction, in
 * order. After a failure it waits, then goes on with one message at a time, so that the one that
 * fails is found; from success to success the batch grows back.
 *
 * <p>State may be read and {@link #stop()} called from any thread; the rest is confined to the
 * thread that runs it.
 */
final class JmsConsumer implements Runnable {
  private static final Logger LOG = System.getLogger(JmsConsumer.class.getName());
  private static final long WAIT_MILLIS = 2000;

  private final String name;
  private final JmsSourceSettings source;
  private final JmsInbox inbox;
  private final JmsTransactions transactions;
  private final DeadLetters deadLetters;
  private final Backoff backoff;
  private final int batchSize;
  private final Pause pause = new Pause();
  private final StallGuard guard = new StallGuard(Duration.ofSeconds(10));
  private volatile SourceState state;
  private int limit;

  JmsConsumer(
      JmsSourceSettings source,
      JmsSettings settings,
      JmsInbox inbox,
      JmsTransactions transactions,
      Backoff backoff) {
    this.name = "jms:" + source.destination().name();
    this.source = source;
    this.inbox = inbox;
    this.transactions = transactions;
    this.deadLetters = new DeadLetters(settings.deadLetterQueue());
    this.batchSize = settings.batchSize();
    this.backoff = backoff;
    this.limit = batchSize;
    this.state = SourceState.of(name, Status.STARTING);
  }

  @Override
  public void run() {
    while (!pause.isOver()) {
      try {
        takeBatch();
        succeeded();
      } catch (Exception e) { // whatever fails here, the source must go on
        failed(e);
      }
    }
    state = SourceState.of(name, Status.STOPPED);
  }

  /** Lets the present batch end, and then the thread; returns at once. */
  void stop() {
    pause.end();
  }

  SourceState state() {
    return guard.judge(state);
  }

  JmsInbox inbox() {
    return inbox;
  }

  private void takeBatch() throws Exception {
    List<Runnable> afterTransaction = new ArrayList<>(1);
    guard.begin();
    try {
      receiveInto(transactions.begin(), afterTransaction);
      transactions.commit();
    } finally {
      transactions.rollback();
      afterTransaction.forEach(Runnable::run);
      guard.end();
    }
  }

  private void receiveInto(JMSContext context, List<Runnable> afterTransaction)
      throws JMSException {
    try (JMSConsumer consumer = consumer(context)) {
      if (state.status() == Status.STARTING) {
        up();
      }
      List<Message> messages = receive(consumer);
      if (!messages.isEmpty()) {
        inbox.take(messages, letter -> deadLetters.put(context, letter), afterTransaction::add);
      }
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
    Message next = consumer.receive(WAIT_MILLIS);
    while (next != null) {
      messages.add(next);
      next = messages.size() < limit ? consumer.receiveNoWait() : null;
    }
    return messages;
  }

  private void succeeded() {
    if (state.status() != Status.UP) {
      up();
    }
    backoff.reset();
    limit = Math.min(limit * 2, batchSize);
  }

  private void up() {
    LOG.log(Level.INFO, "{0}: consuming", name);
    state = SourceState.of(name, Status.UP);
  }

  private void failed(Exception e) {
    if (pause.isOver()) {
      return;
    }
    if (backoff.failures() == 0) {
      LOG.log(Level.WARNING, name + ": failed, trying again", e);
    }
    state = SourceState.down(name, String.valueOf(e.getMessage()));
    limit = 1;
    pause.await(backoff.next());
  }
}
