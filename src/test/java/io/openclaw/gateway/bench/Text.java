package io.openclaw.gateway.bench;

import java.util.Locale;

/** Numbers as text, the same everywhere. */
final class Text {
  private Text() {}

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
