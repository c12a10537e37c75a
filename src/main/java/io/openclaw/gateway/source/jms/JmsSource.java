package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;

/** Makes the sources that read from the broker. */
public final class JmsSource {
  private JmsSource() {}

  /** What the container lends. */
  public record Container(ConnectionFactory connections, UserTransaction transaction) {}

  /**
   * A further destination.
   *
   * @param maxPayloadBytes the bound that {@code ingest} has
   */
  public static Source of(
      JmsSourceSettings source,
      JmsSettings settings,
      Ingest ingest,
      int maxPayloadBytes,
      Container container,
      SourceLoop.Parts parts) {
    JmsInbox inbox =
        new JmsInbox(source, JmsMapping.of(source, maxPayloadBytes), ingest, settings.batchSize());
    String deadLetters = source.deadLetterQueue(settings.deadLetterQueue());
    return new SourceLoop(
        source,
        () ->
            new JmsFeed(
                source,
                inbox,
                new JtaTransactions(container.connections(), container.transaction()),
                new JmsDeadLetters(deadLetters),
                new QueueLag(container.connections(), source.destination(), source.selector())),
        inbox.counters(),
        parts);
  }

  /** The queue of the message-driven bean, whose inbox is {@code inbox}. */
  public static Source ofBean(
      JmsBeanSettings settings,
      String deadLetterQueue,
      JmsInbox inbox,
      ConnectionFactory connections,
      SourceLoop.Parts parts) {
    JmsDestination queue = new JmsDestination.Queue(settings.queue());
    return new BeanSource(
        new SourceLoop(
            settings,
            () -> {
              new JmsDeadLetters(deadLetterQueue).prepare(connections);
              return new BeanFeed(new QueueLag(connections, queue, null), inbox.surge());
            },
            inbox.counters(),
            parts));
  }
}
