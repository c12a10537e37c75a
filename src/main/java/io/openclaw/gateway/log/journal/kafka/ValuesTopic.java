package io.openclaw.gateway.log.journal.kafka;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the compacted topic holds, by key: {@code v} and a slot: the offset and content of its
 * value; {@code upTo}: the id of the topic of entries, and how far the checkpoint goes; {@code
 * life}: that id, and the lineage. What was written for another topic of entries does not count.
 */
final class ValuesTopic {
  private static final char VALUE = 'v';
  private static final byte[] UP_TO = utf8("upTo");
  private static final byte[] LIFE = utf8("life");
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Map<String, Entry> values = new HashMap<>();
  private String upToTopic = "";
  private long upTo;
  private String lifeTopic = "";
  private @Nullable Lineage lineage;

  private ValuesTopic() {}

  /**
   * Reads all of it. Blocks.
   *
   * @throws IOException if the cluster falls silent
   */
  static ValuesTopic load(Map<String, Object> consumerProperties, String topic) throws IOException {
    ValuesTopic loaded = new ValuesTopic();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      List<TopicPartition> partitions = List.of(partition);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions, PATIENCE).getOrDefault(partition, 0L);
      long heardNanos = System.nanoTime();
      while (consumer.position(partition, PATIENCE) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          loaded.take(record.key(), record.value());
          heardNanos = System.nanoTime();
        }
        if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
          throw new IOException("Kafka does not answer");
        }
      }
    }
    return loaded;
  }

  private void take(byte[] key, byte @Nullable [] value) throws IOException {
    String name = new String(key, StandardCharsets.UTF_8);
    if (name.charAt(0) == VALUE) {
      takeValue(name.substring(1), value);
    } else if (value != null && name.equals("upTo")) {
      ByteBuffer buffer = ByteBuffer.wrap(value);
      upTo = buffer.getLong();
      upToTopic = StandardCharsets.UTF_8.decode(buffer).toString();
    } else if (value != null && name.equals("life")) {
      Lives.Named life = Lives.decode(value);
      lifeTopic = life.topicId();
      lineage = life.lineage();
    }
  }

  private void takeValue(String slot, byte @Nullable [] value) {
    if (value == null) {
      values.remove(slot);
    } else {
      ByteBuffer buffer = ByteBuffer.wrap(value);
      long offset = buffer.getLong();
      byte[] content = new byte[buffer.remaining()];
      buffer.get(content);
      values.put(slot, new Entry(offset, content));
    }
  }

  /** The current values of the topic of entries with that id, oldest first. */
  List<Entry> values(String topicId) {
    return upToTopic.equals(topicId)
        ? values.values().stream().sorted((a, b) -> Long.compare(a.offset(), b.offset())).toList()
        : List.of();
  }

  /** How far the checkpoint of the topic with that id goes; 0 if there is none. */
  long upTo(String topicId) {
    return upToTopic.equals(topicId) ? upTo : 0;
  }

  /** The life of the topic with that id. */
  Lineage lineage(String topicId) {
    return lineage != null && lifeTopic.equals(topicId) ? lineage : Lineage.of(topicId);
  }

  /** The records of a checkpoint, but for the last one, {@link #upToRecord}. */
  static List<ProducerRecord<byte[], byte[]>> records(
      String topic, List<Value> changes, Set<String> stale) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(changes.size());
    for (Value change : changes) {
      Entry entry = change.entry();
      records.add(record(topic, valueKey(change.slot()), entry == null ? null : encode(entry)));
    }
    for (String slot : stale) {
      records.add(record(topic, valueKey(slot), null));
    }
    return records;
  }

  /** Which slots are there that {@code changes} do not speak of. */
  Set<String> stale(List<Value> changes) {
    Set<String> stale = new HashSet<>(values.keySet());
    changes.forEach(change -> stale.remove(change.slot()));
    return stale;
  }

  static ProducerRecord<byte[], byte[]> upToRecord(String topic, String topicId, long offset) {
    byte[] id = utf8(topicId);
    byte[] value = ByteBuffer.allocate(Long.BYTES + id.length).putLong(offset).put(id).array();
    return record(topic, UP_TO, value);
  }

  static ProducerRecord<byte[], byte[]> lifeRecord(String topic, Lives.Named life) {
    return record(topic, LIFE, Lives.encode(life));
  }

  private static byte[] encode(Entry entry) {
    return ByteBuffer.allocate(Long.BYTES + entry.content().length)
        .putLong(entry.offset())
        .put(entry.content())
        .array();
  }

  private static byte[] valueKey(String slot) {
    return utf8(VALUE + slot);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte[] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, 0, key, value);
  }
}
