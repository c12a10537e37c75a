package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.source.SourceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the sources below {@code sources}, each kind by its own section. */
final class SourcesSection {
  private SourcesSection() {}

  private static Map<String, Function<YamlValue, Optional<? extends SourceSettings>>> kinds(
      List<KafkaCluster> clusters) {
    Map<String, Function<YamlValue, Optional<? extends SourceSettings>>> kinds =
        new LinkedHashMap<>();
    kinds.put("jms", JmsSection::read);
    kinds.put("database", DatabaseSection::read);
    kinds.put("replication", ReplicationSection::read);
    kinds.put("kafka", new KafkaSection(clusters)::read);
    kinds.put("camel", CamelSection::read);
    return kinds;
  }

  /**
   * One source of that kind; empty if it has faults, which are noted.
   *
   * @param clusters that it may name
   * @throws IllegalArgumentException if there is no such kind
   */
  static Optional<? extends SourceSettings> one(
      String kind, YamlValue item, List<KafkaCluster> clusters) {
    Map<String, Function<YamlValue, Optional<? extends SourceSettings>>> kinds = kinds(clusters);
    Function<YamlValue, Optional<? extends SourceSettings>> reader = kinds.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(
          "a source is one of "
              + String.join(", ", kinds.keySet())
              + ", then a colon and its name");
    }
    return reader.apply(item);
  }

  /**
   * All sources; those with faults are left out.
   *
   * @param clusters that sources may name
   */
  static List<SourceSettings> read(YamlMap map, List<KafkaCluster> clusters) {
    List<SourceSettings> sources = new ArrayList<>();
    Set<String> names = new HashSet<>();
    kinds(clusters)
        .forEach(
            (kind, reader) -> {
              for (YamlValue item : map.list(kind)) {
                Optional<? extends SourceSettings> source = reader.apply(item);
                source.ifPresent(sources::add);
                if (source.isPresent() && !names.add(source.get().name())) {
                  item.fault("another source has the name " + source.get().name());
                }
              }
            });
    map.end();
    return sources;
  }

  /** A length of time. */
  static Duration duration(String text) {
    try {
      return Notation.duration(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowed is a duration such as 500ms, 10s or 5m", e);
    }
  }

  static Optional<String> required(YamlMap map, String key) {
    return map.required(key).flatMap(YamlValue::text);
  }

  static Optional<String> optional(YamlMap map, String key) {
    return map.get(key).flatMap(YamlValue::text);
  }
}
