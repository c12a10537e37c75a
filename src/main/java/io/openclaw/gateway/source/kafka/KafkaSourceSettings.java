package io.openclaw.gateway.source.kafka;

import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.Template;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Topics of one Kafka cluster that are read.
 *
 * @param label names the source behind {@code kafka:}
 * @param cluster where
 * @param from which topics
 * @param group the consumer group; each event reaches one member of it
 * @param start where a partition begins that the group has not read yet
 * @param topic the gateway's topic
 * @param key the publication's key; null for the record's own
 * @param value how values are read
 * @param bounds of what is under way
 * @param options as for every source
 */
public record KafkaSourceSettings(
    String label,
    KafkaCluster cluster,
    KafkaTopics from,
    String group,
    Start start,
    Template topic,
    @Nullable Template key,
    ValueFormat value,
    Bounds bounds,
    SourceOptions options)
    implements SourceSettings {
  /** Places of the templates; after the dots follow the name of a header or a field. */
  public static final Set<String> PLACES = Set.of("topic", "partition", "key", "header.", "data.");

  /** Where a partition begins that the group has not read yet. */
  public enum Start {
    /** With the oldest record that is there: none is missed. */
    EARLIEST,
    /** With the records that come from now on. */
    LATEST
  }

  /**
   * What is under way at most.
   *
   * @param batchSize records that are taken and committed together
   * @param batchBytes bytes that a broker sends at once; more if a single record is larger
   */
  public record Bounds(int batchSize, int batchBytes) {
    /** 2,000 records: a commit for each would cost more than the records themselves. */
    public static final Bounds DEFAULT = new Bounds(2_000, 4 << 20);

    /**
     * @throws IllegalArgumentException if a bound is out of range
     */
    public Bounds {
      if (batchSize < 1 || batchSize > 50_000) {
        throw new IllegalArgumentException("batch-size is 1 to 50000");
      }
      if (batchBytes < 1 << 10 || batchBytes > 64 << 20) {
        throw new IllegalArgumentException("batch-bytes is 1 KiB to 64 MiB");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if source or group have no name
   */
  public KafkaSourceSettings {
    if (!SourceSettings.isName(label)) {
      throw new IllegalArgumentException("a source has a name of 1 to 80 of A-Z a-z 0-9 . _ -");
    }
    if (group.isBlank()) {
      throw new IllegalArgumentException("a group has a name");
    }
  }

  @Override
  public String name() {
    return "kafka:" + label;
  }
}
