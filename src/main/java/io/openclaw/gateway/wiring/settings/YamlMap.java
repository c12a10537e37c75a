package io.openclaw.gateway.wiring.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A map of a YAML file. Remembers which keys were asked for: {@link #end()} tells of all others.
 */
final class YamlMap {
  private final YamlFile file;
  private final MappingNode node;
  private final String path;
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, YamlValue> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  YamlMap(YamlFile file, MappingNode node, String path) {
    this.file = file;
    this.node = node;
    this.path = path;
    node.getValue().forEach(this::add);
  }

  private void add(NodeTuple entry) {
    Node key = entry.getKeyNode();
    String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
    String place = path.isEmpty() ? name : path + "." + name;
    if (keys.putIfAbsent(name, key) != null) {
      file.fault(key, place, null, "the key is there twice");
      return;
    }
    values.put(name, new YamlValue(file, entry.getValueNode(), place));
  }

  /** The names of all keys, in order. */
  Set<String> names() {
    return values.keySet();
  }

  /** The value of a key that may be absent. */
  Optional<YamlValue> get(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** The value of a key that must be there. */
  Optional<YamlValue> required(String key) {
    Optional<YamlValue> value = get(key);
    if (value.isEmpty()) {
      fault("the key " + key + " is missing");
    }
    return value;
  }

  /** The items of a list that may be absent or empty. */
  List<YamlValue> list(String key) {
    return get(key).filter(value -> !value.isNull()).map(YamlValue::items).orElse(List.of());
  }

  /** Notes a fault for each key that nobody asked for. */
  void end() {
    keys.forEach(
        (name, key) -> {
          if (!known.contains(name)) {
            String allowed = "unknown key " + name + "; allowed is " + String.join(", ", known);
            file.fault(key, path, null, allowed + NearestName.hint(name, known));
          }
        });
  }

  void fault(String message) {
    file.fault(node, path, null, message);
  }
}
