package io.openclaw.gateway.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.outlet.kafka.KafkaSender;
import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.source.Intake.Refused;
import io.openclaw.gateway.topic.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Puts records that can never work aside; returns when they are safe. */
@FunctionalInterface
interface KafkaDeadLetters {
  /**
   * @throws OutletException if it is not certain that they are safe: nothing may be committed
   */
  void put(List<Refused<ConsumerRecord<byte[], byte[]>>> refused) throws OutletException;

  /**
   * Into the topic with {@link KafkaTopics#DEAD} behind its name, in the same cluster: key, value
   * and headers as they are, and the reason in further headers.
   */
  static KafkaDeadLetters beside(String source, KafkaSender sender) {
    return refused -> {
      if (!refused.isEmpty()) {
        sender.send(refused.stream().map(one -> copy(source, one.original(), one.why())).toList());
      }
    };
  }

  private static ProducerRecord<byte[], byte[]> copy(
      String source, ConsumerRecord<byte[], byte[]> record, IngestResult.Rejected why) {
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            record.topic() + KafkaTopics.DEAD,
            null,
            record.key(),
            record.value(),
            record.headers());
    copy.headers().add("openclaw_code", why.code().getBytes(UTF_8));
    copy.headers().add("openclaw_reason", why.reason().getBytes(UTF_8));
    copy.headers().add("openclaw_source", source.getBytes(UTF_8));
    copy.headers().add("openclaw_place", KafkaMapping.place(record).getBytes(UTF_8));
    return copy;
  }

  /** To any outlet: the value, with key, place and headers as properties. */
  static KafkaDeadLetters at(String source, Outlet outlet) {
    DeadLetters letters = new DeadLetters(source, outlet);
    return refused -> letters.put(refused, KafkaDeadLetters::letter);
  }

  private static DeadLetters.Letter letter(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        properties.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    String key = new RecordPlaces(record).key();
    if (key != null) {
      properties.put("kafka_key", key);
    }
    properties.put("kafka_topic", record.topic());
    properties.put("kafka_partition", Integer.toString(record.partition()));
    properties.put("kafka_offset", Long.toString(record.offset()));
    Payload body = record.value() == null ? Payload.NONE : new Payload.Binary(record.value());
    return new DeadLetters.Letter(KafkaMapping.place(record), body, properties);
  }
}
