package io.openclaw.gateway.log.journal.kafka;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Reader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics. When it begins, or after anything has failed, in this order:
 *
 * <ol>
 *   <li>the topics are made if they are not there; another id of the topic is another life;
 *   <li>a checkpoint that knows more than the topic has: entries have vanished while nobody looked;
 *       what is left is gone on with in a new life;
 *   <li>in the same life it goes on where it was, otherwise it begins anew.
 * </ol>
 *
 * While it reads: entries that vanished end the life where they agree, and it begins anew; entries
 * that went before they could be read make it begin anew in the same life. Every two seconds it
 * looks whether the topic is still the same.
 *
 * <p>Confined to the thread that reads, but for {@link #close()}.
 */
final class JournalReading {
  private static final Logger LOGGER = System.getLogger(JournalReading.class.getName());
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PROBE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long NOWHERE = -1;

  private final KafkaJournalSettings settings;
  private final KafkaJournal.Clients clients;
  private final JournalWriter writer;
  private final TopicPartition partition;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean closing;
  private @Nullable Lineage lineage;
  private String topicId = "";
  private long position = NOWHERE;
  private Optional<Integer> leaderEpoch = Optional.empty();
  private boolean caughtUp;
  private long end;
  private @Nullable String told = "";

  JournalReading(
      KafkaJournalSettings settings, KafkaJournal.Clients clients, JournalWriter writer) {
    this.settings = settings;
    this.clients = clients;
    this.writer = writer;
    this.partition = new TopicPartition(settings.topic(), 0);
  }

  /**
   * Reads until it is closed or something fails.
   *
   * @param obstacle is told what hinders, null when nothing does any more
   */
  void run(Reader reader, Consumer<@Nullable String> obstacle) throws IOException {
    told = "";
    try (Admin admin = Admin.create(clients.admin());
        KafkaConsumer<byte[], byte[]> made = new KafkaConsumer<>(clients.consumer())) {
      consumer = made;
      JournalTopics topics = new JournalTopics(admin, settings);
      begin(topics.prepare(), made, reader);
      read(topics, made, reader, obstacle);
    } finally {
      consumer = null;
    }
  }

  private void begin(String id, KafkaConsumer<byte[], byte[]> from, Reader reader)
      throws IOException {
    ValuesTopic values = ValuesTopic.load(clients.consumer(), settings.valuesTopic());
    List<TopicPartition> partitions = List.of(partition);
    from.assign(partitions);
    long floor = from.beginningOffsets(partitions, PATIENCE).getOrDefault(partition, 0L);
    end = from.endOffsets(partitions, PATIENCE).getOrDefault(partition, 0L);
    topicId = id;
    writer.topicId(id);
    Lineage now = lineage(id, values);
    if (now.equals(lineage) && floor <= position && position <= end) {
      seek(from);
    } else {
      lineage = now;
      caughtUp = false;
      position = floor;
      leaderEpoch = Optional.empty();
      seek(from);
      reader.begin(now, floor, values.values(id));
    }
  }

  /** The life as it was written down; a later one that this node itself knows of; or a new one. */
  private Lineage lineage(String id, ValuesTopic values) {
    Lineage written = values.lineage(id);
    Lineage known = lineage;
    if (known != null && isLater(known, written)) {
      written = known;
    }
    if (values.upTo(id) > end) {
      written = next(written, end);
    }
    return written;
  }

  private boolean isLater(Lineage one, Lineage other) {
    return one.epoch().startsWith(topicId)
        && other.epoch().startsWith(topicId)
        && Lives.number(one.epoch()) > Lives.number(other.epoch());
  }

  /** Begins the life after {@code before}, and says so to all nodes. */
  private Lineage next(Lineage before, long lastOffset) {
    Lineage next = Lives.next(topicId, before, lastOffset);
    LOGGER.log(
        Level.ERROR,
        "Entries after offset {0} have vanished from the topic {1}: clients that saw them are told",
        String.valueOf(lastOffset),
        settings.topic());
    CompletableFuture<Void> unused = writer.announce(new Lives.Named(topicId, next), lastOffset);
    return next;
  }

  private void seek(KafkaConsumer<byte[], byte[]> to) {
    to.seek(partition, new OffsetAndMetadata(position, leaderEpoch, ""));
  }

  private void read(
      JournalTopics topics,
      KafkaConsumer<byte[], byte[]> from,
      Reader reader,
      Consumer<@Nullable String> obstacle)
      throws IOException {
    long probedNanos = System.nanoTime();
    while (!closing) {
      if (!poll(from, reader)) {
        return;
      }
      if (!caughtUp && position >= end) {
        caughtUp = true;
        reader.caughtUp();
      }
      String why = writer.problem();
      if (System.nanoTime() - probedNanos > PROBE.toNanos()) {
        probe(topics, from);
        probedNanos = System.nanoTime();
      }
      if (caughtUp) {
        tell(why, obstacle);
      }
    }
  }

  private void tell(@Nullable String why, Consumer<@Nullable String> obstacle) {
    if (why == null ? told != null : !why.equals(told)) {
      told = why;
      obstacle.accept(why);
    }
  }

  /** Reads on; false if it is to begin anew. */
  private boolean poll(KafkaConsumer<byte[], byte[]> from, Reader reader) throws IOException {
    try {
      ConsumerRecords<byte[], byte[]> records = from.poll(POLL);
      if (!records.isEmpty()) {
        give(records.records(partition), reader);
      }
      position = from.position(partition, PATIENCE);
      return true;
    } catch (LogTruncationException e) {
      OffsetAndMetadata agreed = e.divergentOffsets().get(partition);
      vanished(agreed == null ? endNow(from) : agreed.offset());
    } catch (OffsetOutOfRangeException e) {
      long last = endNow(from);
      if (last < position) {
        vanished(last);
      }
    }
    position = NOWHERE;
    return false;
  }

  private long endNow(KafkaConsumer<byte[], byte[]> from) {
    return from.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
  }

  private void vanished(long after) {
    if (lineage != null) {
      lineage = next(lineage, after);
    }
  }

  private void give(List<ConsumerRecord<byte[], byte[]>> records, Reader reader)
      throws IOException {
    List<Entry> entries = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      leaderEpoch = record.leaderEpoch();
      if (Lives.isAnnouncement(record)) {
        give(reader, entries);
        goOn(Lives.decode(record.value()), reader);
      } else if (record.value() != null) {
        entries.add(new Entry(record.offset() + 1, record.value()));
      }
      position = record.offset() + 1;
    }
    give(reader, entries);
  }

  private static void give(Reader reader, List<Entry> entries) {
    if (!entries.isEmpty()) {
      reader.read(List.copyOf(entries));
      entries.clear();
    }
  }

  /** Another node has found that entries have vanished. */
  private void goOn(Lives.Named life, Reader reader) {
    if (life.topicId().equals(topicId) && lineage != null && isLater(life.lineage(), lineage)) {
      lineage = life.lineage();
      reader.goOn(life.lineage());
    }
  }

  /** Whether the cluster answers, and has the same topic. */
  private void probe(JournalTopics topics, KafkaConsumer<byte[], byte[]> from) throws IOException {
    try {
      if (endNow(from) < position) {
        throw new IOException("the topic " + settings.topic() + " is shorter than it was");
      }
    } catch (TimeoutException e) {
      throw new IOException("Kafka does not answer", e);
    }
    if (!topics.currentId().map(topicId::equals).orElse(false)) {
      throw new IOException("the topic " + settings.topic() + " was deleted or made anew");
    }
  }

  /** Has {@link #run} return soon. */
  void close() {
    closing = true;
    KafkaConsumer<byte[], byte[]> there = consumer;
    if (there != null) {
      there.wakeup();
    }
  }
}
