package io.openclaw.gateway.source.kafka;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.kafka.KafkaClusters;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Makes sources that read Kafka. Each is one member of its group in one thread; several nodes with
 * the same group share the partitions.
 */
public final class KafkaSource {
  private static final Duration REACH = Duration.ofSeconds(5);

  private final KafkaSourceSettings settings;
  private final Intake intake;
  private final KafkaDeadLetters letters;

  private KafkaSource(KafkaSourceSettings settings, Intake intake, KafkaDeadLetters letters) {
    this.settings = settings;
    this.intake = intake;
    this.letters = letters;
  }

  /**
   * What it needs of the gateway.
   *
   * @param outlets where dead letters go if the source says so
   */
  public record Gateway(Ingest ingest, KafkaClusters clusters, Outlets outlets) {}

  /**
   * @throws IllegalArgumentException if there is no outlet for its dead letters
   */
  public static Source of(KafkaSourceSettings settings, Gateway gateway, SourceLoop.Parts parts) {
    Intake intake =
        new Intake(
            settings.name(),
            gateway.ingest(),
            settings.options().failure(),
            settings.bounds().batchSize());
    KafkaSource source = new KafkaSource(settings, intake, letters(settings, gateway));
    return new SourceLoop(settings, source::open, intake.counters(), parts);
  }

  private static KafkaDeadLetters letters(KafkaSourceSettings settings, Gateway gateway) {
    String address = settings.options().deadLetters();
    return address.isEmpty()
        ? KafkaDeadLetters.beside(settings.name(), gateway.clusters().sender(settings.cluster()))
        : KafkaDeadLetters.at(settings.name(), gateway.outlets().at(OutletAddress.of(address)));
  }

  private Feed open() {
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties());
    boolean done = false;
    try {
      String missing = missing(consumer);
      Partitions partitions = new Partitions(settings.name(), consumer, settings.start());
      subscribe(consumer, partitions);
      KafkaMapping mapping = new KafkaMapping(settings);
      Feed feed =
          new KafkaFeed(
              settings.cluster().name(), consumer, partitions, mapping, intake, letters, missing);
      done = true;
      return feed;
    } finally {
      if (!done) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = settings.cluster().consumer();
    properties.put("group.id", settings.group());
    properties.put("max.poll.records", settings.bounds().batchSize());
    properties.put("fetch.max.bytes", settings.bounds().batchBytes());
    return properties;
  }

  /** Topics that are not there, in words; fails if the cluster cannot be reached. */
  private String missing(Consumer<byte[], byte[]> consumer) {
    Set<String> there = topics(consumer);
    if (!(settings.from() instanceof KafkaTopics.Named named)) {
      return "";
    }
    Set<String> missing = new TreeSet<>(named.names());
    missing.removeAll(there);
    return missing.isEmpty() ? "" : "not there, or not to be seen: " + String.join(", ", missing);
  }

  private Set<String> topics(Consumer<byte[], byte[]> consumer) {
    try {
      return consumer.listTopics(REACH).keySet();
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "no answer from the Kafka cluster " + settings.cluster().name(), e);
    }
  }

  private void subscribe(Consumer<byte[], byte[]> consumer, Partitions partitions) {
    if (settings.from() instanceof KafkaTopics.Named named) {
      consumer.subscribe(named.names(), partitions);
    } else if (settings.from() instanceof KafkaTopics.Matching matching) {
      consumer.subscribe(matching.pattern(), partitions);
    }
  }
}
