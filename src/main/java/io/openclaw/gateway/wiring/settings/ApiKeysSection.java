package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.ApiKey;
import io.openclaw.gateway.security.Scope;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the keys below {@code api-keys}. */
final class ApiKeysSection {
  private ApiKeysSection() {}

  static List<ApiKey> read(List<YamlValue> items) {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (YamlValue item : items) {
      Optional<ApiKey> key = item.map().flatMap(map -> key(item, map));
      key.ifPresent(keys::add);
      if (key.isPresent() && !names.add(key.get().name())) {
        item.fault("another key has the name " + key.get().name());
      }
      if (key.isPresent() && !hashes.add(key.get().hash())) {
        item.fault("another key has the same hash");
      }
    }
    return keys;
  }

  private static Optional<ApiKey> key(YamlValue item, YamlMap map) {
    Optional<String> name = map.required("name").flatMap(YamlValue::text);
    Optional<String> hash = map.required("hash").flatMap(YamlValue::text);
    List<Scope> scopes =
        map.required("scopes").map(YamlValue::items).stream()
            .flatMap(List::stream)
            .map(ApiKeysSection::scope)
            .flatMap(Optional::stream)
            .toList();
    Optional<YamlValue> end = map.get("expires");
    Optional<Instant> expires = end.flatMap(value -> value.text(ApiKeysSection::instant));
    map.end();
    if (name.isEmpty() || hash.isEmpty() || (end.isPresent() && expires.isEmpty())) {
      return Optional.empty();
    }
    return item.make(() -> new ApiKey(name.get(), hash.get(), scopes, expires.orElse(null)));
  }

  private static Optional<Scope> scope(YamlValue item) {
    return item.map().flatMap(map -> scope(item, map));
  }

  private static Optional<Scope> scope(YamlValue item, YamlMap map) {
    Set<Action> actions = AccessSection.actions(map.required("may"));
    List<TopicPattern> topics =
        AccessSection.listed(map, "topics", value -> value.text(TopicPattern::of));
    map.end();
    return actions.isEmpty() || topics.isEmpty()
        ? Optional.empty()
        : item.make(() -> new Scope(actions, topics));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a moment is written 2027-01-31T00:00:00Z or 2027-01-31T00:00:00+01:00", e);
    }
  }
}
