package io.openclaw.gateway.wiring.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML text while it is read: its faults so far, with line and path. */
final class YamlFile {
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final String name;
  private final Placeholders placeholders;
  private final List<String> faults = new ArrayList<>();

  YamlFile(String name, Placeholders placeholders) {
    this.name = name;
    this.placeholders = placeholders;
  }

  /** The top of the text; empty if there is nothing in it or it is no YAML. */
  Optional<YamlValue> parse(String text) {
    try {
      return new Compose(SETTINGS).composeString(text).map(node -> new YamlValue(this, node, ""));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      faults.add(name + line + " is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      faults.add(name + " is not YAML that can be read");
    }
    return Optional.empty();
  }

  String fill(String text) {
    return placeholders.fill(text);
  }

  /** Notes a fault: {@code openclaw.yaml:12 access[2].may[0] = "subscrib": allowed is …}. */
  void fault(Node node, String path, @Nullable String value, String message) {
    String line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    String place = path.isEmpty() ? "" : " " + path;
    String shown = value == null ? "" : " = \"" + value + "\"";
    faults.add(name + line + place + shown + ": " + message);
  }

  /**
   * @throws ConfigurationException if anything was wrong
   */
  void check() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }
}
