package io.openclaw.gateway.protocol;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;

/**
 * JSON texts. The provider is looked up once: the static methods of {@code jakarta.json.Json} look
 * it up at every call.
 */
final class Json {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private Json() {}

  static JsonParser parser(String text) {
    return PARSERS.createParser(new StringReader(text));
  }

  /**
   * {@code text} as a JSON string with its quotes. Half of a surrogate pair is escaped: it is valid
   * in JSON, but UTF-8 has no form for it.
   */
  static String quote(String text) {
    if (isPlain(text)) {
      return '"' + text + '"';
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    text.codePoints().forEach(codePoint -> append(out, codePoint));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      out.append('\\').append((char) codePoint);
    } else if (codePoint == '\n') {
      out.append("\\n");
    } else if (codePoint < ' ' || Character.getType(codePoint) == Character.SURROGATE) {
      out.append(String.format("\\u%04x", codePoint));
    } else {
      out.appendCodePoint(codePoint);
    }
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
