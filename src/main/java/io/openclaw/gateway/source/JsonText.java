package io.openclaw.gateway.source;

import jakarta.json.spi.JsonProvider;

/** JSON texts as sources find them. Thread-safe. */
public final class JsonText {
  private static final JsonProvider JSON = JsonProvider.provider();

  private JsonText() {}

  /** Whether {@code text} is exactly one JSON value (RFC 8259), of whatever type. */
  public static boolean isJson(String text) {
    return new JsonScan(text).isJson();
  }

  /** {@code text} as a JSON string, quotes included. */
  public static String quote(String text) {
    return JSON.createValue(text).toString();
  }
}
