package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.log.SpaceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the map below {@code spaces}: the first levels of each space by its name. */
final class SpacesSection {
  private SpacesSection() {}

  static SpaceSettings read(Optional<YamlValue> section) {
    return section
        .filter(value -> !value.isNull())
        .flatMap(value -> value.map().flatMap(map -> spaces(value, map)))
        .orElse(SpaceSettings.NONE);
  }

  private static Optional<SpaceSettings> spaces(YamlValue section, YamlMap map) {
    Map<String, List<String>> firstLevels = new LinkedHashMap<>();
    boolean complete = true;
    for (String name : map.names()) {
      YamlValue value = map.get(name).orElseThrow();
      List<YamlValue> items = value.items();
      List<String> levels =
          ConfigurationReader.each(items, item -> item.text(SpaceSettings::checkFirstLevel));
      boolean named = value.make(() -> SpaceSettings.checkName(name)).isPresent();
      complete &= named && !levels.isEmpty() && levels.size() == items.size();
      if (value.isList() && items.isEmpty()) {
        value.fault("a space has at least one first level");
      }
      firstLevels.put(name, levels);
    }
    return complete ? section.make(() -> new SpaceSettings(firstLevels)) : Optional.empty();
  }
}
