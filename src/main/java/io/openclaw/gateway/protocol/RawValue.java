package io.openclaw.gateway.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value of a frame. The text of an object or array is cut out of the frame as it stands:
 * the parser has walked all of it, so it is valid, and nothing is written again.
 *
 * @param json its JSON text
 * @param scalar its value if it is a string or bytes, a numeral if it is a number, else null
 * @param members the members that are scalars, if it is an object
 */
record RawValue(String json, @Nullable Object scalar, Map<String, RawValue> members) {
  private static final RawValue NULL = ofLiteral("null");

  /** Reads the value that begins with {@code event}. */
  static RawValue read(String frame, JsonParser parser, Event event, int depth) {
    return switch (event) {
      case VALUE_STRING -> ofString(parser.getString());
      case VALUE_NUMBER -> ofNumber(parser.getString());
      case VALUE_TRUE -> ofLiteral("true");
      case VALUE_FALSE -> ofLiteral("false");
      case VALUE_NULL -> ofLiteral("null");
      case START_OBJECT, START_ARRAY -> nested(frame, parser, event, depth);
      default -> throw new FieldException("the frame is not valid JSON");
    };
  }

  /** Bytes, which JSON says in base64. */
  static RawValue ofBytes(byte[] bytes) {
    return new RawValue('"' + Base64.getEncoder().encodeToString(bytes) + '"', bytes, Map.of());
  }

  /** {@code true}, {@code false} or {@code null}. */
  static RawValue ofLiteral(String literal) {
    return new RawValue(literal, null, Map.of());
  }

  static RawValue ofString(String text) {
    return new RawValue(Json.quote(text), text, Map.of());
  }

  /** A number by its JSON text. */
  static RawValue ofNumber(String text) {
    return new RawValue(text, new Numeral(text), Map.of());
  }

  private static RawValue nested(String frame, JsonParser parser, Event event, int depth) {
    int start = (int) parser.getLocation().getStreamOffset() - 1;
    Map<String, RawValue> members = new HashMap<>(4);
    skip(parser, event, depth + 1, members);
    int end = (int) parser.getLocation().getStreamOffset();
    return new RawValue(frame.substring(start, end), null, members);
  }

  /** Walks to the end of the object or array; keeps the scalar members of the outermost object. */
  private static void skip(
      JsonParser parser, Event opened, int depth, @Nullable Map<String, RawValue> members) {
    if (depth > CommandReader.MAX_DEPTH) {
      throw new FieldException("at most " + CommandReader.MAX_DEPTH + " levels of nesting");
    }
    Event end = opened == Event.START_OBJECT ? Event.END_OBJECT : Event.END_ARRAY;
    String name = null;
    for (Event event = parser.next(); event != end; event = parser.next()) {
      if (event == Event.KEY_NAME) {
        name = members == null ? null : parser.getString();
      } else if (event == Event.START_OBJECT || event == Event.START_ARRAY) {
        skip(parser, event, depth + 1, null);
      } else if (members != null && name != null && isSince(name)) {
        addMember(members, name, read("", parser, event, depth));
      }
    }
  }

  private static boolean isSince(String name) {
    return name.equals("epoch") || name.equals("offset");
  }

  /** One that stands twice is as good as absent. */
  static void addMember(Map<String, RawValue> members, String name, RawValue value) {
    members.merge(name, value, (first, second) -> NULL);
  }

  @Nullable RawValue member(String name) {
    return members.get(name);
  }

  byte @Nullable [] asBytesOrNull() {
    return scalar instanceof byte[] bytes ? bytes : null;
  }

  @Nullable String asTextOrNull() {
    return scalar instanceof String text ? text : null;
  }

  /** The value if it is an integer that fits, else null. */
  @Nullable Long asLongOrNull() {
    return scalar instanceof Numeral number ? number.asLongOrNull() : null;
  }
}
