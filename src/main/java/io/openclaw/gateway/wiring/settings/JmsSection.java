package io.openclaw.gateway.wiring.settings;

import static io.openclaw.gateway.wiring.settings.SourcesSection.optional;
import static io.openclaw.gateway.wiring.settings.SourcesSection.required;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.jms.JmsDestination;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import java.util.Optional;

/** Reads a JMS source. */
final class JmsSection {
  private JmsSection() {}

  static Optional<JmsSourceSettings> read(YamlValue item) {
    return item.map().flatMap(map -> read(item, map));
  }

  private static Optional<JmsSourceSettings> read(YamlValue item, YamlMap map) {
    Optional<String> name = optional(map, "name");
    Optional<JmsDestination> destination = destination(item, map);
    Optional<SourceOptions> options = SourceOptionsSection.read(map);
    Optional<String> topic = required(map, "topic");
    Optional<String> key = optional(map, "key");
    Optional<String> selector = optional(map, "selector");
    map.end();
    if (destination.isEmpty() || topic.isEmpty() || options.isEmpty()) {
      return Optional.empty();
    }
    return item.make(
        () ->
            new JmsSourceSettings(
                name.orElse(destination.get().name()),
                destination.get(),
                topic.get(),
                key.orElse(null),
                selector.orElse(null),
                options.get()));
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
}
