package io.openclaw.gateway.source.kafka;

import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Lag;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One member of a consumer group. For each batch: records are received, those that can never work
 * are put aside, offsets are committed, the events are shown. A cluster that is away does not fail
 * the receiving, it only brings nothing: so it is asked for its newest offsets once a second, which
 * is the lag, too. The member stays one until it is back: the group would wait for one that left
 * without a word.
 */
final class KafkaFeed implements Feed {
  private static final Logger LOG = System.getLogger(KafkaFeed.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LAG_PATIENCE = Duration.ofSeconds(3);
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final String cluster;
  private final Consumer<byte[], byte[]> consumer;
  private final Partitions partitions;
  private final KafkaMapping mapping;
  private final Intake intake;
  private final KafkaDeadLetters letters;
  private final String missing;
  private Lag lastLag = Lag.events(0);
  private boolean broughtSomething;
  private boolean away;

  /**
   * @param cluster its name
   * @param consumer subscribed, with {@code partitions} as its listener
   * @param missing topics that are not there, in words; empty if none
   */
  KafkaFeed(
      String cluster,
      Consumer<byte[], byte[]> consumer,
      Partitions partitions,
      KafkaMapping mapping,
      Intake intake,
      KafkaDeadLetters letters,
      String missing) {
    this.cluster = cluster;
    this.consumer = consumer;
    this.partitions = partitions;
    this.mapping = mapping;
    this.intake = intake;
    this.letters = letters;
    this.missing = missing;
  }

  @Override
  public Progress take() throws OutletException {
    partitions.pause(false);
    try {
      partitions.commit();
      return takeNext();
    } catch (TimeoutException e) {
      away = true;
      return Progress.AWAY;
    }
  }

  private Progress takeNext() throws OutletException {
    if (partitions.waiting() == 0) {
      partitions.poll(POLL);
    }
    if (partitions.waiting() == 0) {
      return away ? Progress.AWAY : Progress.IDLE;
    }
    take(partitions.next(intake.limit()));
    broughtSomething = true;
    away = false;
    return Progress.BUSY;
  }

  private void take(List<ConsumerRecord<byte[], byte[]>> records) throws OutletException {
    List<Arrival<ConsumerRecord<byte[], byte[]>>> arrivals = new ArrayList<>(records.size());
    records.forEach(record -> arrivals.add(mapping.map(record)));
    try (Intake.Batch<ConsumerRecord<byte[], byte[]>> batch = intake.take(arrivals)) {
      letters.put(batch.refused());
      partitions.taken(records);
      partitions.commit();
      batch.acknowledged();
    }
  }

  /** A member that does not poll would be taken for dead. */
  @Override
  public void keepAlive() {
    partitions.pause(true);
    partitions.poll(Duration.ZERO);
  }

  @Override
  public Optional<Lag> lag() {
    Set<TopicPartition> mine = consumer.assignment();
    if (mine.isEmpty()) {
      return Optional.empty();
    }
    try {
      lastLag = Lag.events(partitions.waiting() + behind(consumer.endOffsets(mine, LAG_PATIENCE)));
      away = false;
    } catch (TimeoutException e) {
      away = !broughtSomething;
    }
    broughtSomething = false;
    return Optional.of(lastLag);
  }

  private long behind(Map<TopicPartition, Long> ends) {
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      behind += Math.max(0, end.getValue() - consumer.position(end.getKey(), LAG_PATIENCE));
    }
    return behind;
  }

  @Override
  public String remark() {
    if (away) {
      return "no answer from the Kafka cluster " + cluster;
    }
    if (!partitions.lost().isEmpty()) {
      return partitions.lost();
    }
    return missing.isEmpty() || !consumer.assignment().isEmpty() ? "" : missing;
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSING));
    } catch (KafkaException e) {
      LOG.log(Level.DEBUG, "a consumer did not close well", e);
    }
  }
}
