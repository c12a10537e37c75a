package io.openclaw.gateway.source.kafka;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.topic.Payload;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes a source event of a record:
 *
 * <ol>
 *   <li>topic and key: the templates of the source; without one for the key, the record's key;
 *   <li>event id: the header {@code eventId}, else cluster, topic, partition, offset and time of
 *       the record. The time is there because offsets begin again when a topic is made anew;
 *   <li>the header {@code traceparent} is the trace;
 *   <li>a record without value says that the key is gone;
 *   <li>the value becomes the payload, see {@link ValueFormat}.
 * </ol>
 *
 * Immutable.
 */
final class KafkaMapping {
  private final String cluster;
  private final Template topic;
  private final @Nullable Template key;
  private final ValueFormat format;

  KafkaMapping(KafkaSourceSettings settings) {
    this.cluster = settings.cluster().name();
    this.topic = settings.topic();
    this.key = settings.key();
    this.format = settings.value();
  }

  Arrival<ConsumerRecord<byte[], byte[]>> map(ConsumerRecord<byte[], byte[]> record) {
    try {
      RecordPlaces places = new RecordPlaces(record);
      Payload payload = record.value() == null ? Payload.NONE : payload(record.value());
      if (payload == null) {
        return Arrival.unusable(record, "bad_request", "the value is no " + wanted());
      }
      return Arrival.of(record, event(record, places, payload));
    } catch (Template.UnfilledException e) {
      return Arrival.unusable(record, "bad_request", e.reason());
    }
  }

  private SourceEvent event(
      ConsumerRecord<byte[], byte[]> record, RecordPlaces places, Payload payload)
      throws Template.UnfilledException {
    return new SourceEvent(
        topic.fill(places),
        key == null ? places.key() : key.fill(places),
        payload,
        record.value() == null,
        eventId(record, places),
        places.header("traceparent"));
  }

  private String eventId(ConsumerRecord<byte[], byte[]> record, RecordPlaces places) {
    String given = places.header("eventId");
    return given == null ? cluster + ":" + place(record) + "@" + record.timestamp() : given;
  }

  /** Topic, partition and offset. */
  static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "-" + record.offset();
  }

  private @Nullable Payload payload(byte[] value) {
    if (format == ValueFormat.BYTES) {
      return new Payload.Binary(value);
    }
    String text = Utf8.text(value);
    if (text == null) {
      return format == ValueFormat.AUTO ? new Payload.Binary(value) : null;
    }
    if (format != ValueFormat.STRING && JsonText.isJson(text)) {
      return new Payload.Json(text);
    }
    return format == ValueFormat.JSON ? null : new Payload.Json(JsonText.quote(text));
  }

  private String wanted() {
    return format == ValueFormat.JSON ? "JSON" : "text (UTF-8)";
  }
}
