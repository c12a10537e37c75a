package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceThreads;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * All that reads from the broker beside the message-driven bean: one consumer for each further
 * source, and the probe of the bean's queue; each has a thread of its own. Thread-safe.
 */
public final class JmsConsumers {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final BrokerProbe probe;
  private final List<JmsConsumer> consumers;
  private final SourceThreads threads;

  /** What the container lends: connections, transactions, threads; and randomness for waiting. */
  public record Container(
      ConnectionFactory connections,
      UserTransaction transaction,
      ThreadFactory threads,
      RandomGenerator random) {}

  /**
   * @param maxPayloadBytes the bound that {@code ingest} has
   */
  public JmsConsumers(
      JmsSettings settings,
      List<JmsSourceSettings> sources,
      Ingest ingest,
      int maxPayloadBytes,
      Container container) {
    this.threads = new SourceThreads(container.threads());
    this.probe = new BrokerProbe(settings.queue(), container.connections());
    this.consumers = new ArrayList<>(sources.size());
    for (JmsSourceSettings source : sources) {
      JmsMapping mapping = JmsMapping.of(source, maxPayloadBytes);
      String name = source.destination().name();
      consumers.add(
          new JmsConsumer(
              source,
              settings,
              new JmsInbox(name, mapping, ingest, settings.maxDeliveries()),
              new JtaTransactions(container.connections(), container.transaction()),
              new Backoff(FIRST_WAIT, LONGEST_WAIT, container.random())));
    }
  }

  /** Starts consuming; returns at once. A broker that is away is tried again for ever. */
  public void start() {
    threads.start(probe);
    consumers.forEach(threads::start);
  }

  /** Stops consuming. Waits up to {@code patience} for the batches that are under way. */
  public void stop(Duration patience) {
    probe.stop();
    consumers.forEach(JmsConsumer::stop);
    threads.join(patience);
  }

  /** One state for the bean's queue and one for each further source. */
  public List<SourceState> states() {
    List<SourceState> states = new ArrayList<>();
    states.add(probe.state());
    consumers.forEach(consumer -> states.add(consumer.state()));
    return states;
  }

  /** The counts of each further source, by its name; the bean's inbox has its own. */
  public Map<String, SourceCounters.Counts> counts() {
    Map<String, SourceCounters.Counts> counts = new TreeMap<>();
    consumers.forEach(consumer -> counts.put(consumer.state().name(), consumer.inbox().counts()));
    return counts;
  }
}
