package io.openclaw.gateway.source;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;

/** JSON texts as sources find them. Thread-safe. */
public final class JsonText {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonParserFactory PARSERS = JSON.createParserFactory(Map.of());

  private JsonText() {}

  /** Whether {@code text} is exactly one JSON value (RFC 8259), of whatever type. */
  public static boolean isJson(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      boolean some = false;
      while (parser.hasNext()) {
        parser.next();
        some = true;
      }
      return some;
    } catch (RuntimeException e) {
      // JsonException, or whatever the provider throws for nesting too deep for it.
      return false;
    }
  }

  /** {@code text} as a JSON string, quotes included. */
  public static String quote(String text) {
    return JSON.createValue(text).toString();
  }
}
