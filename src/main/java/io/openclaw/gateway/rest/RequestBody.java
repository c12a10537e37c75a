package io.openclaw.gateway.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the JSON of a body. The tree is built here and not by the provider, which takes the last of
 * two members with the same name and a thousand levels of nesting.
 */
final class RequestBody {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonParserFactory PARSERS = JSON.createParserFactory(Map.of());

  /** Around the data of an event, which may have 64, are the event and the array of a batch. */
  private static final int MAX_DEPTH = 66;

  private RequestBody() {}

  /**
   * @throws ProblemException if it is anything else than one JSON object or array with white space
   *     around it, or has a name twice in an object
   */
  static JsonStructure read(byte[] body) {
    try (JsonParser parser =
        PARSERS.createParser(new ByteArrayInputStream(body), StandardCharsets.UTF_8)) {
      return only(parser);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      // What it throws depends on the provider: for numbers too large for it, for deep nesting.
      throw noJson();
    }
  }

  /** A reader would leave unread what follows the value. */
  private static JsonStructure only(JsonParser parser) {
    if (value(parser, parser.next(), 0) instanceof JsonStructure structure && !parser.hasNext()) {
      return structure;
    }
    throw noJson();
  }

  private static JsonValue value(JsonParser parser, Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ProblemException("bad_request", "a body has at most 66 levels of nesting");
    }
    return switch (event) {
      case START_OBJECT -> object(parser, depth + 1);
      case START_ARRAY -> array(parser, depth + 1);
      default -> parser.getValue();
    };
  }

  private static JsonValue object(JsonParser parser, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.next() != Event.END_OBJECT) {
      String name = parser.getString();
      if (members.put(name, value(parser, parser.next(), depth)) != null) {
        throw new ProblemException("bad_request", "no name stands twice in an object");
      }
    }
    return JSON.createObjectBuilder(members).build();
  }

  private static JsonValue array(JsonParser parser, int depth) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(parser, event, depth));
    }
    return items.build();
  }

  private static ProblemException noJson() {
    return new ProblemException("bad_request", "the body is no JSON object or array");
  }
}
