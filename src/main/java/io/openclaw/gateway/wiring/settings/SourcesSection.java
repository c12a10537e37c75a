package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.database.OutboxSettings;
import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.jms.JmsDestination;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the sources below {@code sources}. */
final class SourcesSection {
  private SourcesSection() {}

  static Optional<JmsSourceSettings> jms(YamlValue item) {
    return item.map().flatMap(map -> jms(item, map));
  }

  private static Optional<JmsSourceSettings> jms(YamlValue item, YamlMap map) {
    Optional<JmsDestination> destination = destination(item, map);
    Optional<String> topic = required(map, "topic");
    Optional<String> key = optional(map, "key");
    Optional<String> selector = optional(map, "selector");
    map.end();
    return destination.flatMap(
        from ->
            topic.flatMap(
                to ->
                    item.make(
                        () ->
                            new JmsSourceSettings(
                                from, to, key.orElse(null), selector.orElse(null)))));
  }

  private static Optional<JmsDestination> destination(YamlValue item, YamlMap map) {
    Optional<YamlValue> queue = map.get("queue");
    Optional<YamlValue> topicName = map.get("topic-name");
    Optional<YamlValue> subscription = map.get("subscription");
    if (queue.isPresent() == topicName.isPresent()) {
      map.fault("a JMS source has either a queue or a topic-name");
      return Optional.empty();
    }
    if (topicName.isPresent() != subscription.isPresent()) {
      map.fault("a subscription goes with a topic-name, and only with one");
      return Optional.empty();
    }
    Optional<String> name = queue.or(() -> topicName).flatMap(YamlValue::text);
    return subscription.isEmpty()
        ? name.flatMap(text -> item.make(() -> new JmsDestination.Queue(text)))
        : subscription
            .flatMap(YamlValue::text)
            .flatMap(
                sub ->
                    name.flatMap(
                        text -> item.make(() -> new JmsDestination.SharedTopic(text, sub))));
  }

  static Optional<DatabaseSourceSettings> database(YamlValue item) {
    return item.map().flatMap(map -> database(item, map));
  }

  private static Optional<DatabaseSourceSettings> database(YamlValue item, YamlMap map) {
    Optional<String> name = required(map, "name");
    Optional<String> url = map.required("url").flatMap(YamlValue::secret);
    Optional<String> user = optional(map, "user");
    Optional<String> password = map.get("password").flatMap(YamlValue::secret);
    Optional<OutboxSettings> outbox =
        map.get("outbox").map(SourcesSection::outbox).orElse(Optional.of(OutboxSettings.DEFAULT));
    List<WatchSettings> watches =
        ConfigurationReader.each(map.list("watch"), SourcesSection::watch);
    map.end();
    if (name.isEmpty() || url.isEmpty() || outbox.isEmpty()) {
      return Optional.empty();
    }
    return item.make(
        () ->
            new DatabaseSourceSettings(
                name.get(),
                url.get(),
                user.orElse(null),
                password.orElse(null),
                outbox.get(),
                watches));
  }

  private static Optional<OutboxSettings> outbox(YamlValue item) {
    return item.map().flatMap(map -> outbox(item, map));
  }

  private static Optional<OutboxSettings> outbox(YamlValue item, YamlMap map) {
    OutboxSettings d = OutboxSettings.DEFAULT;
    Optional<String> table = optional(map, "table");
    Optional<Duration> interval =
        map.get("poll-interval").flatMap(value -> value.text(SourcesSection::duration));
    Optional<Integer> batchSize = map.get("batch-size").flatMap(YamlValue::integer);
    Optional<Boolean> create = map.get("create").flatMap(YamlValue::flag);
    map.end();
    return item.make(
        () ->
            new OutboxSettings(
                table.orElse(d.table()),
                interval.orElse(d.pollInterval()),
                batchSize.orElse(d.batchSize()),
                create.orElse(d.create())));
  }

  private static Duration duration(String text) {
    try {
      return Notation.duration(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowed is a duration such as 500ms, 10s or 5m", e);
    }
  }

  private static Optional<WatchSettings> watch(YamlValue item) {
    return item.map().flatMap(map -> watch(item, map));
  }

  private static Optional<WatchSettings> watch(YamlValue item, YamlMap map) {
    Optional<String> table = required(map, "table");
    Optional<String> topic = required(map, "topic");
    Optional<String> key = optional(map, "key");
    map.end();
    if (table.isEmpty() || topic.isEmpty()) {
      return Optional.empty();
    }
    return item.make(() -> new WatchSettings(table.get(), topic.get(), key.orElse(null)));
  }

  private static Optional<String> required(YamlMap map, String key) {
    return map.required(key).flatMap(YamlValue::text);
  }

  private static Optional<String> optional(YamlMap map, String key) {
    return map.get(key).flatMap(YamlValue::text);
  }
}
