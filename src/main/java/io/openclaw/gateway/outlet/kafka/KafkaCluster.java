package io.openclaw.gateway.outlet.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One Kafka cluster and how to connect to it.
 *
 * @param name names it in addresses of outlets and in sources; unique within a gateway
 * @param bootstrapServers {@code host:port}, several with commas between them
 * @param properties of Kafka's clients, by Kafka's names: those of consumers go to consumers, those
 *     of producers to producers; may hold secrets
 */
public record KafkaCluster(String name, String bootstrapServers, Map<String, String> properties) {
  /** What the gateway decides by itself: its promises depend on it. */
  private static final Set<String> OURS =
      Set.of(
          "bootstrap.servers",
          "key.deserializer",
          "value.deserializer",
          "key.serializer",
          "value.serializer",
          "enable.auto.commit",
          "auto.offset.reset",
          "group.id",
          "max.poll.records",
          "acks",
          "enable.idempotence",
          "transactional.id");

  /**
   * Copies the properties.
   *
   * @throws IllegalArgumentException if the name is no name, there are no servers, or a property is
   *     not known to Kafka's clients, is decided by the gateway or has a value that is not allowed
   */
  public KafkaCluster {
    if (!name.matches("[A-Za-z0-9._-]{1,80}")) {
      throw new IllegalArgumentException("a cluster has a name of 1 to 80 of A-Z a-z 0-9 . _ -");
    }
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap-servers is host:port, or several with commas");
    }
    properties = Map.copyOf(properties);
    properties.keySet().forEach(KafkaCluster::checkKey);
    parse(ConsumerConfig.configDef(), consumer(bootstrapServers, properties));
    parse(ProducerConfig.configDef(), producer(bootstrapServers, properties));
  }

  private static void checkKey(String key) {
    if (OURS.contains(key)) {
      throw new IllegalArgumentException("the gateway sets " + key + " by itself");
    }
    if (!ConsumerConfig.configNames().contains(key)
        && !ProducerConfig.configNames().contains(key)) {
      throw new IllegalArgumentException(key + " is no property of Kafka's consumers or producers");
    }
  }

  /** Kafka's own message names key and value; values of the type password are hidden in it. */
  private static void parse(ConfigDef definition, Map<String, Object> properties) {
    try {
      definition.parse(properties);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What every consumer of this cluster is made with; further properties may be added. */
  public Map<String, Object> consumer() {
    return consumer(bootstrapServers, properties);
  }

  /** What every producer of this cluster is made with; further properties may be added. */
  public Map<String, Object> producer() {
    return producer(bootstrapServers, properties);
  }

  /** What every administration of this cluster is made with. */
  public Map<String, Object> admin() {
    Map<String, Object> made = new HashMap<>();
    made.put("default.api.timeout.ms", "10000");
    made.put("request.timeout.ms", "5000");
    addCommon(made, bootstrapServers);
    addGiven(made, properties, AdminClientConfig.configNames());
    ClientLog.quieten();
    return made;
  }

  private static Map<String, Object> consumer(String servers, Map<String, String> given) {
    Map<String, Object> made = new HashMap<>();
    made.put("isolation.level", "read_committed");
    made.put("metadata.max.age.ms", "30000");
    made.put("allow.auto.create.topics", "false");
    addCommon(made, servers);
    addGiven(made, given, ConsumerConfig.configNames());
    if (!"consumer".equalsIgnoreCase(given.get("group.protocol"))) {
      // What a node that was killed had is read by others after ten seconds, not 45.
      made.putIfAbsent("session.timeout.ms", "10000");
    }
    made.put("enable.auto.commit", "false");
    made.put("auto.offset.reset", "none");
    made.put("key.deserializer", ByteArrayDeserializer.class);
    made.put("value.deserializer", ByteArrayDeserializer.class);
    return made;
  }

  private static Map<String, Object> producer(String servers, Map<String, String> given) {
    Map<String, Object> made = new HashMap<>();
    made.put("linger.ms", "0");
    made.put("max.block.ms", "5000");
    made.put("request.timeout.ms", "5000");
    made.put("delivery.timeout.ms", "10000");
    addCommon(made, servers);
    addGiven(made, given, ProducerConfig.configNames());
    made.put("acks", "all");
    made.put("enable.idempotence", "true");
    made.put("key.serializer", ByteArraySerializer.class);
    made.put("value.serializer", ByteArraySerializer.class);
    return made;
  }

  private static void addCommon(Map<String, Object> made, String servers) {
    made.put("bootstrap.servers", servers);
    made.put("enable.metrics.push", "false");
    made.put("reconnect.backoff.max.ms", "1000");
  }

  private static void addGiven(
      Map<String, Object> made, Map<String, String> given, Set<String> names) {
    given.forEach(
        (key, value) -> {
          if (names.contains(key)) {
            made.put(key, value);
          }
        });
  }

  /** With the names of the properties, without their values. */
  @Override
  public String toString() {
    return "KafkaCluster[name="
        + name
        + ", bootstrapServers="
        + bootstrapServers
        + ", properties="
        + new TreeMap<>(properties).keySet()
        + "]";
  }
}
