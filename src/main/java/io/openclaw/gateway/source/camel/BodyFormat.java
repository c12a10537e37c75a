package io.openclaw.gateway.source.camel;

import java.util.Locale;

/** How the body of an exchange becomes a payload. */
enum BodyFormat {
  /** By what it is: text and streamed text as JSON or string, bytes as bytes, maps as JSON. */
  AUTO,
  /** Bytes are UTF-8 text too: JSON if they parse, else a JSON string. */
  TEXT,
  /** Bytes, of a text its UTF-8. */
  BINARY;

  static BodyFormat of(String text) {
    for (BodyFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException("format = \"" + text + "\": allowed is auto, text, binary");
  }
}
