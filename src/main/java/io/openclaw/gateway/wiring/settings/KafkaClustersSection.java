package io.openclaw.gateway.wiring.settings;

import static io.openclaw.gateway.wiring.settings.SourcesSection.required;

import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the Kafka clusters below {@code kafka}. */
final class KafkaClustersSection {
  private KafkaClustersSection() {}

  static List<KafkaCluster> read(List<YamlValue> items) {
    List<KafkaCluster> clusters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : items) {
      Optional<KafkaCluster> cluster = item.map().flatMap(map -> cluster(item, map));
      cluster.ifPresent(clusters::add);
      cluster
          .filter(one -> !names.add(one.name()))
          .ifPresent(one -> item.fault("another cluster has the name " + one.name()));
    }
    return clusters;
  }

  private static Optional<KafkaCluster> cluster(YamlValue item, YamlMap map) {
    Optional<String> name = required(map, "name");
    Optional<String> servers = required(map, "bootstrap-servers");
    Optional<Map<String, String>> properties =
        map.get("properties")
            .map(value -> value.map().flatMap(KafkaClustersSection::properties))
            .orElse(Optional.of(Map.of()));
    map.end();
    if (name.isEmpty() || servers.isEmpty() || properties.isEmpty()) {
      return Optional.empty();
    }
    return item.make(() -> new KafkaCluster(name.get(), servers.get(), properties.get()));
  }

  /** Any of them may be a secret. */
  private static Optional<Map<String, String>> properties(YamlMap map) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String key : map.names()) {
      map.get(key).flatMap(YamlValue::secretScalar).ifPresent(value -> properties.put(key, value));
    }
    return properties.size() == map.names().size() ? Optional.of(properties) : Optional.empty();
  }
}
