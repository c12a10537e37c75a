package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.replication.DatabaseAddress;
import io.openclaw.gateway.source.replication.ReplicationSettings;
import io.openclaw.gateway.source.replication.SlotSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tables that are read by logical replication. */
final class ReplicationSection {
  private static final Map<String, Boolean> SNAPSHOT = Map.of("initial", true, "never", false);

  private ReplicationSection() {}

  static Optional<ReplicationSettings> read(YamlValue item) {
    return item.map().flatMap(map -> read(item, map));
  }

  private static Optional<ReplicationSettings> read(YamlValue item, YamlMap map) {
    Optional<String> name = SourcesSection.required(map, "name");
    Optional<DatabaseAddress> address = address(item, map);
    Optional<SlotSettings> slot = name.flatMap(known -> slot(item, map, known));
    List<WatchSettings> tables =
        ConfigurationReader.each(map.list("tables"), DatabaseSection::watch);
    Optional<SourceOptions> options = SourceOptionsSection.read(map);
    map.end();
    if (name.isEmpty() || address.isEmpty() || slot.isEmpty() || options.isEmpty()) {
      return Optional.empty();
    }
    return item.make(
        () ->
            new ReplicationSettings(name.get(), options.get(), address.get(), slot.get(), tables));
  }

  private static Optional<DatabaseAddress> address(YamlValue item, YamlMap map) {
    Optional<String> url = map.required("url").flatMap(YamlValue::secret);
    Optional<String> user = SourcesSection.optional(map, "user");
    Optional<String> password = map.get("password").flatMap(YamlValue::secret);
    return url.flatMap(
        known ->
            item.make(() -> new DatabaseAddress(known, user.orElse(null), password.orElse(null))));
  }

  private static Optional<SlotSettings> slot(YamlValue item, YamlMap map, String name) {
    String slot =
        SourcesSection.optional(map, "slot").orElseGet(() -> ReplicationSettings.slotOf(name));
    SlotSettings usual = SlotSettings.DEFAULT;
    Optional<String> publication = SourcesSection.optional(map, "publication");
    Optional<Boolean> create = map.get("create").flatMap(YamlValue::flag);
    Optional<Boolean> snapshot = map.get("snapshot").flatMap(value -> value.oneOf(SNAPSHOT));
    Optional<Duration> heartbeat =
        map.get("heartbeat").flatMap(value -> value.text(SourcesSection::duration));
    Optional<Long> maxLag =
        map.get("max-lag-bytes")
            .flatMap(value -> value.scalar().flatMap(text -> value.make(() -> bytes(text))));
    Optional<Integer> batchSize = map.get("batch-size").flatMap(YamlValue::integer);
    return item.make(
        () ->
            new SlotSettings(
                slot,
                publication.orElse(slot),
                create.orElse(usual.create()),
                snapshot.orElse(usual.snapshot()),
                heartbeat.orElse(usual.heartbeat()),
                maxLag.orElse(usual.maxLagBytes()),
                batchSize.orElse(usual.batchSize())));
  }

  private static long bytes(String text) {
    try {
      return Notation.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("allowed is a size such as 65536, 64KiB or 1MB", e);
    }
  }
}
