package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.SourceCounters;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes messages within the caller's transaction:
 *
 * <ol>
 *   <li>a message that can never work goes to the dead-letter queue, in the same transaction;
 *   <li>the others are staged, in order;
 *   <li>what is to be done once the transaction is over, however it ended, is handed to the caller
 *       before anything else can fail;
 *   <li>a failure of the gateway is thrown, so that the transaction is rolled back and the broker
 *       delivers again; a message alone that failed so for the last time goes to the dead-letter
 *       queue instead.
 * </ol>
 *
 * Thread-safe.
 */
public final class JmsInbox {
  private static final Logger LOG = System.getLogger(JmsInbox.class.getName());

  private final String source;
  private final JmsMapping mapping;
  private final Ingest ingest;
  private final int maxDeliveries;
  private final SourceCounters counters = new SourceCounters();

  JmsInbox(String source, JmsMapping mapping, Ingest ingest, int maxDeliveries) {
    this.source = source;
    this.mapping = mapping;
    this.ingest = ingest;
    this.maxDeliveries = maxDeliveries;
  }

  /**
   * The inbox of the message-driven bean.
   *
   * @param maxPayloadBytes the bound that {@code ingest} has, known here so that a larger body is
   *     not even read
   */
  public static JmsInbox ofQueue(JmsSettings settings, Ingest ingest, int maxPayloadBytes) {
    JmsMapping mapping = JmsMapping.byProperties(maxPayloadBytes);
    return new JmsInbox(settings.queue(), mapping, ingest, settings.maxDeliveries());
  }

  /** Where dead letters go, in the transaction of the messages. */
  @FunctionalInterface
  interface DeadLetterSink {
    void put(DeadLetters.Letter letter) throws JMSException;
  }

  /**
   * Takes {@code messages}; returns when they are staged or put aside.
   *
   * @param afterTransaction is called at most once, with what must be run when the transaction is
   *     over, whether it was committed, rolled back or is in doubt
   * @throws JMSException or a runtime exception if the transaction must be rolled back
   */
  void take(List<Message> messages, DeadLetterSink dead, Consumer<Runnable> afterTransaction)
      throws JMSException {
    Sorted sorted;
    try {
      sorted = sort(messages);
    } catch (JMSException | RuntimeException e) {
      counters.failed();
      if (!isLastDelivery(messages)) {
        throw e;
      }
      sorted = Sorted.ofFailed(messages.get(0), source, e);
    }
    Sorted taken = sorted;
    afterTransaction.accept(() -> settle(taken));
    for (DeadLetters.Letter letter : taken.letters) {
      LOG.log(Level.WARNING, "{0}: put aside a message: {1}", source, letter.reason());
      dead.put(letter);
      counters.deadLettered(1);
    }
  }

  /** What was counted since the start. */
  public SourceCounters.Counts counts() {
    return counters.counts();
  }

  private Sorted sort(List<Message> messages) throws JMSException {
    List<Message> usable = new ArrayList<>(messages.size());
    List<SourceEvent> events = new ArrayList<>(messages.size());
    List<DeadLetters.Letter> letters = new ArrayList<>(0);
    for (Message message : messages) {
      try {
        events.add(mapping.map(message));
        usable.add(message);
      } catch (UnusableMessageException e) {
        letters.add(new DeadLetters.Letter(message, source, e.code(), e.reason()));
      }
    }
    Ingest.Staged staged = ingest.stage(events);
    for (int i = 0; i < usable.size(); i++) {
      if (staged.rejection(i) instanceof IngestResult.Rejected no) {
        letters.add(new DeadLetters.Letter(usable.get(i), source, no.code(), no.reason()));
      }
    }
    return new Sorted(List.of(staged), letters);
  }

  /** Only a message alone can be blamed for a failure. */
  private boolean isLastDelivery(List<Message> messages) throws JMSException {
    return messages.size() == 1
        && messages.get(0).getIntProperty("JMSXDeliveryCount") >= maxDeliveries;
  }

  private void settle(Sorted sorted) {
    for (Ingest.Staged staged : sorted.staged) {
      staged.settle();
      staged.results().forEach(counters::count);
    }
  }

  /** Messages told apart: what was staged (none after a failure), what is put aside. */
  private record Sorted(List<Ingest.Staged> staged, List<DeadLetters.Letter> letters) {
    static Sorted ofFailed(Message message, String source, Exception failure) {
      String reason = "the gateway failed on it too often, at last with " + failure;
      return new Sorted(
          List.of(), List.of(new DeadLetters.Letter(message, source, "internal", reason)));
    }
  }
}
