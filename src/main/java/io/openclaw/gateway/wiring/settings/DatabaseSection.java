package io.openclaw.gateway.wiring.settings;

import static io.openclaw.gateway.wiring.settings.SourcesSection.optional;
import static io.openclaw.gateway.wiring.settings.SourcesSection.required;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.database.OutboxSettings;
import io.openclaw.gateway.source.database.WatchSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a database that is listened to. */
final class DatabaseSection {
  private DatabaseSection() {}

  static Optional<DatabaseSourceSettings> read(YamlValue item) {
    return item.map().flatMap(map -> read(item, map));
  }

  private static Optional<DatabaseSourceSettings> read(YamlValue item, YamlMap map) {
    Optional<String> name = required(map, "name");
    Optional<String> url = map.required("url").flatMap(YamlValue::secret);
    Optional<String> user = optional(map, "user");
    Optional<String> password = map.get("password").flatMap(YamlValue::secret);
    Optional<OutboxSettings> outbox =
        map.get("outbox").map(DatabaseSection::outbox).orElse(Optional.of(OutboxSettings.DEFAULT));
    List<WatchSettings> watches =
        ConfigurationReader.each(map.list("watch"), DatabaseSection::watch);
    Optional<SourceOptions> options = SourceOptionsSection.read(map);
    map.end();
    if (name.isEmpty() || url.isEmpty() || outbox.isEmpty() || options.isEmpty()) {
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
                watches,
                options.get()));
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

  static Optional<WatchSettings> watch(YamlValue item) {
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
}
