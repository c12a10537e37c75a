package io.openclaw.gateway.source.kafka;

import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Start;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * The partitions that the group has given to this member: what was received of them and is not
 * taken yet, and what was taken and is not committed yet. When one goes to another member,
 *
 * <ol>
 *   <li>what was taken of it is committed, as long as that may be done;
 *   <li>what was not taken is forgotten: the other member receives it;
 *   <li>nothing of it is committed afterwards.
 * </ol>
 *
 * Confined to the thread of the feed, in which the consumer calls it.
 */
final class Partitions implements ConsumerRebalanceListener {
  private static final Logger LOG = System.getLogger(Partitions.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String source;
  private final Consumer<byte[], byte[]> consumer;
  private final Start start;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final Map<TopicPartition, OffsetAndMetadata> owed = new HashMap<>();
  private boolean paused;
  private String lost = "";

  Partitions(String source, Consumer<byte[], byte[]> consumer, Start start) {
    this.source = source;
    this.consumer = consumer;
    this.start = start;
  }

  /** Receives what is there; waits so long if nothing is. */
  void poll(Duration patience) {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
      records.forEach(waiting::add);
    } catch (OffsetOutOfRangeException e) {
      goOn(e.offsetOutOfRangePartitions());
    }
  }

  /** How many were received and not taken. */
  int waiting() {
    return waiting.size();
  }

  /** Takes the next ones, in the order of their partitions. */
  List<ConsumerRecord<byte[], byte[]>> next(int limit) {
    List<ConsumerRecord<byte[], byte[]>> next = new ArrayList<>(Math.min(limit, waiting.size()));
    while (next.size() < limit && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    return next;
  }

  /** Notes that these were taken for good. */
  void taken(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> one : records) {
      owed.put(
          new TopicPartition(one.topic(), one.partition()),
          new OffsetAndMetadata(one.offset() + 1, one.leaderEpoch(), ""));
    }
  }

  /**
   * Commits what was taken. While the group is being arranged anew, or has gone on without this
   * member, that is put off: the next call does it, or the member that gets the partition receives
   * the records once more.
   *
   * @return whether it is done
   * @throws TimeoutException if the cluster did not answer; what is owed stays owed
   */
  boolean commit() {
    if (owed.isEmpty()) {
      return true;
    }
    try {
      consumer.commitSync(owed, PATIENCE);
      owed.clear();
      return true;
    } catch (RebalanceInProgressException | CommitFailedException e) {
      LOG.log(Level.DEBUG, "{0}: commits later: {1}", source, e.getMessage());
      return false;
    }
  }

  /** Stops and resumes the receiving, now and for partitions that come. */
  void pause(boolean now) {
    if (now) {
      consumer.pause(consumer.assignment());
    } else if (paused) {
      consumer.resume(consumer.paused());
    }
    paused = now;
  }

  /** What is gone at the cluster without having been received; empty if nothing is. */
  String lost() {
    return lost;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(added), PATIENCE);
    List<TopicPartition> fresh =
        added.stream().filter(partition -> committed.get(partition) == null).toList();
    if (!fresh.isEmpty()) { // none would mean all to the consumer
      begin(fresh);
    }
    if (paused) {
      consumer.pause(added);
    }
  }

  private void begin(List<TopicPartition> fresh) {
    if (start == Start.EARLIEST) {
      consumer.seekToBeginning(fresh);
      return;
    }
    consumer.seekToEnd(fresh);
    // From here on the place counts, although nothing was received yet.
    for (TopicPartition partition : fresh) {
      owed.put(partition, new OffsetAndMetadata(consumer.position(partition, PATIENCE)));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    try {
      commit();
    } catch (KafkaException e) {
      LOG.log(Level.DEBUG, source + ": gave partitions back without committing", e);
    }
    onPartitionsLost(revoked);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> gone) {
    Set<TopicPartition> all = new HashSet<>(gone);
    owed.keySet().removeAll(all);
    waiting.removeIf(one -> all.contains(new TopicPartition(one.topic(), one.partition())));
  }

  /**
   * The cluster has not kept the next record: goes on with the oldest it has, or at the end if it
   * has lost its newest.
   */
  private void goOn(Map<TopicPartition, Long> places) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(places.keySet(), PATIENCE);
    Map<TopicPartition, Long> end = consumer.endOffsets(places.keySet(), PATIENCE);
    places.forEach(
        (partition, place) -> {
          long to = Math.max(place, first.getOrDefault(partition, 0L));
          to = Math.min(to, end.getOrDefault(partition, to));
          consumer.seek(partition, to);
          lost = partition + " had not kept offset " + place + "; went on with " + to;
          LOG.log(Level.WARNING, "{0}: {1}", source, lost);
        });
  }
}
