package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceSettings;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes messages within the caller's transaction:
 *
 * <ol>
 *   <li>the intake stages them, in order, and tells which ones can never work;
 *   <li>what is to be done once the transaction is over, however it ended, is handed to the caller
 *       before anything else can fail;
 *   <li>a message that can never work goes to the dead-letter queue, in the same transaction;
 *   <li>a failure of the gateway is thrown, so that the transaction is rolled back and the broker
 *       delivers again.
 * </ol>
 *
 * Thread-safe; the messages of one inbox are taken one batch after the other.
 */
public final class JmsInbox {
  private static final long LOG_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long END_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final String source;
  private final JmsMapping mapping;
  private final Intake intake;
  private final Ingest ingest;
  private final int maxDeliveries;
  private final Surge surge = new Surge();
  private volatile boolean ending;

  /**
   * @param batchSize messages that are taken at a time
   */
  JmsInbox(SourceSettings source, JmsMapping mapping, Ingest ingest, int batchSize) {
    this.source = source.name().substring("jms:".length());
    this.mapping = mapping;
    this.ingest = ingest;
    this.intake = new Intake(source.name(), ingest, source.options().failure(), batchSize);
    this.maxDeliveries = source.options().failure().maxAttempts();
  }

  /**
   * The inbox of the message-driven bean.
   *
   * @param maxPayloadBytes the bound that {@code ingest} has, known here so that a larger body is
   *     not even read
   */
  public static JmsInbox ofQueue(JmsSettings settings, Ingest ingest, int maxPayloadBytes) {
    JmsMapping mapping = JmsMapping.byProperties(maxPayloadBytes);
    return new JmsInbox(JmsBeanSettings.of(settings), mapping, ingest, settings.batchSize());
  }

  /** Where dead letters go, in the transaction of the messages. */
  @FunctionalInterface
  interface DeadLetterSink {
    void put(JmsDeadLetters.Letter letter) throws JMSException;
  }

  /**
   * Takes {@code messages}; returns when they are staged or put aside.
   *
   * @param messages not more than {@link #limit()}
   * @param afterTransaction is called at most once, with what must be run when the transaction is
   *     over, whether it was committed, rolled back or is in doubt
   * @throws JMSException or a runtime exception if the transaction must be rolled back
   */
  void take(List<Message> messages, DeadLetterSink dead, Consumer<Runnable> afterTransaction)
      throws JMSException {
    List<Arrival<Message>> arrivals = new ArrayList<>(messages.size());
    for (Message message : messages) {
      arrivals.add(arrival(message, messages.size() == 1));
    }
    Intake.Batch<Message> batch = stageWithPatience(arrivals);
    afterTransaction.accept(batch::close);
    for (Intake.Refused<Message> refused : batch.refused()) {
      dead.put(
          new JmsDeadLetters.Letter(
              refused.original(), source, refused.why().code(), refused.why().reason()));
    }
    batch.acknowledged();
  }

  /** Blocks while nothing can be published, but not for long. */
  void awaitLog() {
    awaitLog(System.nanoTime());
  }

  /** Whether something can be published before the patience has an end that began then. */
  private boolean awaitLog(long beganNanos) {
    while (ingest.obstacle().isPresent() && isPatient(beganNanos)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return isPatient(beganNanos);
  }

  private boolean isPatient(long beganNanos) {
    return System.nanoTime() - beganNanos < (ending ? END_PATIENCE_NANOS : LOG_PATIENCE_NANOS)
        && !Thread.currentThread().isInterrupted();
  }

  /**
   * The application ends: the log will not come back, and the container waits for the bean. Yet
   * what is given back at once would be delivered again and again until the container has stopped
   * it.
   */
  public void end() {
    ending = true;
  }

  /**
   * That the log takes nothing for a moment is no reason to give messages back: the broker counts
   * their deliveries, and each brings them nearer to its dead letters.
   */
  private Intake.Batch<Message> stageWithPatience(List<Arrival<Message>> arrivals) {
    long began = System.nanoTime();
    while (true) {
      try {
        return stage(arrivals);
      } catch (LogUnavailableException e) {
        LockSupport.parkNanos(LOOK_NANOS);
        if (!awaitLog(began)) {
          throw e;
        }
      }
    }
  }

  /** The bean's messages come one at a time, but not always in the same thread. */
  private synchronized Intake.Batch<Message> stage(List<Arrival<Message>> arrivals) {
    return intake.take(arrivals);
  }

  /** How many messages may be taken at a time now: one after a failure. */
  synchronized int limit() {
    return intake.limit();
  }

  /** Whether the bean takes several messages at a time. */
  Surge surge() {
    return surge;
  }

  /** What is counted. */
  public SourceCounters counters() {
    return intake.counters();
  }

  /** A message alone that could not be read too often can never work. */
  private Arrival<Message> arrival(Message message, boolean alone) throws JMSException {
    try {
      return Arrival.of(message, mapping.map(message));
    } catch (UnusableMessageException e) {
      return Arrival.unusable(message, e.code(), e.reason());
    } catch (JMSException e) {
      if (!alone || message.getIntProperty("JMSXDeliveryCount") < maxDeliveries) {
        throw e;
      }
      return Arrival.unusable(message, "internal", "it could not be read: " + e);
    }
  }
}
