package io.openclaw.gateway.outlet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.topic.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A Kafka topic as a destination. What a message becomes:
 *
 * <ol>
 *   <li>its key the record's key, so that messages of one key keep their order;
 *   <li>its payload the record's value: JSON as UTF-8, bytes as they are;
 *   <li>its properties, {@code topic} and {@code eventId} the record's headers, as UTF-8.
 * </ol>
 *
 * @param cluster by name: it may change while this is in use
 */
record KafkaOutlet(KafkaClusters clusters, String cluster, String topic) implements Outlet {
  @Override
  public void send(List<Outbound> messages) throws OutletException {
    try {
      clusters.sender(cluster).send(messages.stream().map(this::made).toList());
    } catch (IllegalArgumentException e) {
      throw new OutletException(String.valueOf(e.getMessage()), e);
    }
  }

  private ProducerRecord<byte[], byte[]> made(Outbound message) {
    byte[] key = message.key() == null ? null : message.key().getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> made =
        new ProducerRecord<>(topic, key, value(message.payload()));
    headers(message).forEach((name, value) -> made.headers().add(name, value.getBytes(UTF_8)));
    return made;
  }

  private static byte[] value(Payload payload) {
    return payload instanceof Payload.Json json
        ? json.text().getBytes(UTF_8)
        : ((Payload.Binary) payload).content();
  }

  private static Map<String, String> headers(Outbound message) {
    Map<String, String> headers = new LinkedHashMap<>(message.properties());
    if (!message.topic().isEmpty()) {
      headers.put("topic", message.topic());
    }
    if (message.id() != null) {
      headers.put("eventId", message.id());
    }
    return headers;
  }

  @Override
  public void close() {
    // The producer belongs to the clusters.
  }
}
