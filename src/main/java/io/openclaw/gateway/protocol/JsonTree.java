package io.openclaw.gateway.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts as trees: Map, List, String, {@link Numeral}, Boolean or null. The provider's own
 * trees compute every number and fail with the large ones.
 */
final class JsonTree {
  private JsonTree() {}

  /**
   * @throws RuntimeException if {@code text} is no JSON value; which one depends on the provider
   */
  static @Nullable Object read(String text) {
    try (JsonParser parser = Json.parser(text)) {
      return value(parser, parser.next());
    }
  }

  private static @Nullable Object value(JsonParser parser, Event event) {
    return switch (event) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER -> new Numeral(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("no value");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.next() != Event.END_OBJECT) {
      String name = parser.getString();
      members.put(name, value(parser, parser.next()));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(parser, event));
    }
    return items;
  }
}
