package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.camel.RouteFileOptions;
import java.util.Optional;

/** Reads the options of a file of Camel routes. */
final class CamelSection {
  private CamelSection() {}

  static Optional<RouteFileOptions> read(YamlValue item) {
    return item.map().flatMap(map -> read(item, map));
  }

  private static Optional<RouteFileOptions> read(YamlValue item, YamlMap map) {
    Optional<String> file = SourcesSection.required(map, "file");
    Optional<SourceOptions> options = SourceOptionsSection.readWithLock(map);
    map.end();
    return file.flatMap(
        name -> options.flatMap(o -> item.make(() -> new RouteFileOptions(name, o))));
  }
}
