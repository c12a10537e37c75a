package io.openclaw.gateway.protocol;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;

/**
 * The JSON provider, looked up once: the static methods of {@code jakarta.json.Json} look it up at
 * every call.
 */
final class Json {
  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

  private Json() {}

  static JsonParser parser(String text) {
    return PARSERS.createParser(new StringReader(text));
  }

  /** {@code text} as a JSON string with its quotes. */
  static String quote(String text) {
    return isPlain(text) ? '"' + text + '"' : PROVIDER.createValue(text).toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
