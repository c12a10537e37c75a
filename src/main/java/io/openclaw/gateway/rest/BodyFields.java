package io.openclaw.gateway.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request's JSON object, of which only those that are known may be there. */
record BodyFields(JsonObject json) {

  /**
   * @throws ProblemException if it is no object, or has a field that is not {@code allowed}
   */
  static BodyFields of(JsonStructure body, String... allowed) {
    if (!(body instanceof JsonObject json)) {
      throw new ProblemException("bad_request", "the body is a JSON object");
    }
    Set<String> known = Set.of(allowed);
    for (String name : json.keySet()) {
      if (!known.contains(name)) {
        throw new ProblemException(
            "bad_request", "allowed fields are " + String.join(", ", List.of(allowed)));
      }
    }
    return new BodyFields(json);
  }

  /**
   * A text, or null if it is absent.
   *
   * @throws ProblemException if it is something else, or blank
   */
  @Nullable String text(String name) {
    JsonValue value = json.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString text) || text.getString().isBlank()) {
      throw new ProblemException("bad_request", name + " is a text");
    }
    return text.getString();
  }

  /**
   * @throws ProblemException if it is absent or no text
   */
  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw new ProblemException("bad_request", name + " is missing");
    }
    return value;
  }

  /**
   * An object, or null if it is absent.
   *
   * @throws ProblemException if it is something else
   */
  @Nullable JsonObject object(String name) {
    JsonValue value = json.get(name);
    if (value != null && !(value instanceof JsonObject)) {
      throw new ProblemException("bad_request", name + " is a JSON object");
    }
    return (JsonObject) value;
  }

  /**
   * A list of texts; empty if it is absent.
   *
   * @throws ProblemException if it is something else
   */
  List<String> texts(String name) {
    JsonValue value = json.getOrDefault(name, JsonValue.EMPTY_JSON_ARRAY);
    if (!(value instanceof JsonArray array)
        || array.stream().anyMatch(item -> !(item instanceof JsonString))) {
      throw new ProblemException("bad_request", name + " is a list of texts");
    }
    return array.getValuesAs(JsonString::getString);
  }
}
