package io.openclaw.gateway.wiring.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of a YAML file, with its path. Whoever asks for another kind than is there gets
 * nothing, and a fault is noted.
 */
final class YamlValue {
  private final YamlFile file;
  private final Node node;
  private final String path;

  YamlValue(YamlFile file, Node node, String path) {
    this.file = file;
    this.node = node;
    this.path = path;
  }

  boolean isNull() {
    return Tag.NULL.equals(node.getTag());
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** A map; nothing and a fault if it is none. */
  Optional<YamlMap> map() {
    if (node instanceof MappingNode map) {
      return Optional.of(new YamlMap(file, map, path));
    }
    fault("a map (key: value) is needed here");
    return Optional.empty();
  }

  /** The items of a list; none and a fault if it is no list. */
  List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      fault("a list is needed here");
      return List.of();
    }
    List<YamlValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlValue(file, item, path + "[" + items.size() + "]"));
    }
    return items;
  }

  /** The items of a list, or the value itself if it is no list. */
  List<YamlValue> itemsOrOne() {
    return node instanceof SequenceNode ? items() : List.of(this);
  }

  /** A text with its placeholders filled. */
  Optional<String> text() {
    return plainText().flatMap(text -> convert(file::fill, text, text));
  }

  /** Like {@link #text()}, for values that must not be shown. */
  Optional<String> secret() {
    return plainText().flatMap(text -> convert(file::fill, text, null));
  }

  /** Like {@link #scalar()}, for values that must not be shown. */
  Optional<String> secretScalar() {
    boolean plain = Tag.INT.equals(node.getTag()) || Tag.BOOL.equals(node.getTag());
    return plain ? scalar() : secret();
  }

  /** A text with its placeholders filled, made into something else. */
  <T> Optional<T> text(Function<String, T> converter) {
    return text().flatMap(text -> convert(converter, text, text));
  }

  /** A text, a whole number or a truth value, as text. */
  Optional<String> scalar() {
    boolean plain = Tag.INT.equals(node.getTag()) || Tag.BOOL.equals(node.getTag());
    return plain && node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : text();
  }

  /** A whole number. */
  Optional<Integer> integer() {
    if (node instanceof ScalarNode scalar && Tag.INT.equals(node.getTag())) {
      return convert(Integer::parseInt, scalar.getValue(), scalar.getValue());
    }
    fault("a whole number is needed here");
    return Optional.empty();
  }

  /** A truth value. */
  Optional<Boolean> flag() {
    if (node instanceof ScalarNode scalar && Tag.BOOL.equals(node.getTag())) {
      return Optional.of(Boolean.parseBoolean(scalar.getValue()));
    }
    fault("true or false is needed here");
    return Optional.empty();
  }

  /** One of the names in {@code choices}, without placeholders. */
  <T> Optional<T> oneOf(Map<String, T> choices) {
    return oneOf(choices, "");
  }

  /** Like {@link #oneOf(Map)}; {@code others} says what else would be allowed here. */
  <T> Optional<T> oneOf(Map<String, T> choices, String others) {
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : null;
    T choice = name == null ? null : choices.get(name);
    if (choice == null) {
      String hint = name == null ? "" : NearestName.hint(name, choices.keySet());
      file.fault(node, path, name, allowed(choices) + others + hint);
    }
    return Optional.ofNullable(choice);
  }

  private static String allowed(Map<String, ?> choices) {
    return "allowed is " + String.join(", ", choices.keySet());
  }

  /** Makes a record; what its constructor refuses is noted for this value. */
  <T> Optional<T> make(Supplier<T> constructor) {
    return convert(ignored -> constructor.get(), "", null);
  }

  void fault(String message) {
    file.fault(node, path, null, message);
  }

  private Optional<String> plainText() {
    if (node instanceof ScalarNode scalar && Tag.STR.equals(node.getTag())) {
      return Optional.of(scalar.getValue());
    }
    fault("a text is needed here; put it in quotes if it looks like a number");
    return Optional.empty();
  }

  private <T> Optional<T> convert(
      Function<String, T> converter, String text, @Nullable String shown) {
    try {
      return Optional.of(converter.apply(text));
    } catch (IllegalArgumentException e) {
      file.fault(node, path, shown, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
