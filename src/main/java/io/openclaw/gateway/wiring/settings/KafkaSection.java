package io.openclaw.gateway.wiring.settings;

import static io.openclaw.gateway.wiring.settings.SourcesSection.optional;

import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Bounds;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Start;
import io.openclaw.gateway.source.kafka.KafkaTopics;
import io.openclaw.gateway.source.kafka.ValueFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a Kafka source.
 *
 * @param clusters that the file names
 */
record KafkaSection(List<KafkaCluster> clusters) {
  private static final Map<String, ValueFormat> FORMATS = words(ValueFormat.values());
  private static final Map<String, Start> STARTS = words(Start.values());

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return words;
  }

  Optional<KafkaSourceSettings> read(YamlValue item) {
    return item.map().flatMap(map -> read(item, map));
  }

  private Optional<KafkaSourceSettings> read(YamlValue item, YamlMap map) {
    Optional<String> name = SourcesSection.required(map, "name");
    Optional<KafkaCluster> cluster = map.required("cluster").flatMap(this::cluster);
    Optional<KafkaTopics> from = from(map);
    Optional<Template> topic =
        map.get("topic")
            .map(value -> value.text(KafkaSection::topic))
            .orElse(Optional.of(topic("${topic}")));
    Optional<Template> key = map.get("key").flatMap(text -> text.text(KafkaSection::key));
    Optional<ValueFormat> value = word(map, "value", FORMATS, ValueFormat.AUTO);
    Optional<Start> start = word(map, "start", STARTS, Start.EARLIEST);
    Optional<String> group = optional(map, "group");
    Optional<Bounds> bounds = bounds(item, map);
    Optional<SourceOptions> options = SourceOptionsSection.read(map);
    map.end();
    if (List.of(name, cluster, from, topic, value, start, bounds, options).stream()
        .anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return item.make(
        () ->
            new KafkaSourceSettings(
                name.get(),
                cluster.get(),
                from.get(),
                group.orElse("openclaw"),
                start.get(),
                topic.get(),
                key.orElse(null),
                value.get(),
                bounds.get(),
                options.get()));
  }

  private static Template topic(String text) {
    return Template.ofTopic(text, KafkaSourceSettings.PLACES);
  }

  private static Template key(String text) {
    return Template.ofText(text, KafkaSourceSettings.PLACES);
  }

  private Optional<KafkaCluster> cluster(YamlValue value) {
    Map<String, KafkaCluster> byName = new LinkedHashMap<>();
    clusters.forEach(cluster -> byName.put(cluster.name(), cluster));
    return value.text(
        name ->
            Optional.ofNullable(byName.get(name))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "there is no such cluster below kafka"
                                + NearestName.hint(name, byName.keySet()))));
  }

  private static Optional<KafkaTopics> from(YamlMap map) {
    Optional<YamlValue> topics = map.get("topics");
    Optional<YamlValue> pattern = map.get("pattern");
    if (topics.isPresent() == pattern.isPresent()) {
      map.fault("a Kafka source has either topics or a pattern");
      return Optional.empty();
    }
    return pattern
        .map(value -> value.text(regex -> (KafkaTopics) new KafkaTopics.Matching(regex)))
        .orElseGet(() -> topics.flatMap(KafkaSection::named));
  }

  private static Optional<KafkaTopics> named(YamlValue value) {
    List<String> names = new ArrayList<>();
    value.itemsOrOne().forEach(item -> item.text().ifPresent(names::add));
    return value.make(() -> new KafkaTopics.Named(names));
  }

  private static <T> Optional<T> word(YamlMap map, String key, Map<String, T> words, T usual) {
    return map.get(key).map(value -> value.oneOf(words)).orElse(Optional.of(usual));
  }

  private static Optional<Bounds> bounds(YamlValue item, YamlMap map) {
    Bounds d = Bounds.DEFAULT;
    Optional<Integer> size =
        map.get("batch-size").map(YamlValue::integer).orElse(Optional.of(d.batchSize()));
    Optional<Integer> bytes =
        map.get("batch-bytes")
            .map(value -> value.scalar().flatMap(text -> value.make(() -> bytes(text))))
            .orElse(Optional.of(d.batchBytes()));
    return size.flatMap(s -> bytes.flatMap(b -> item.make(() -> new Bounds(s, b))));
  }

  private static int bytes(String text) {
    try {
      return Math.toIntExact(Notation.bytes(text));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("a size is needed here, such as 64KiB or 1MB", e);
    }
  }
}
