package io.openclaw.gateway.websocket;

/** UTF-8 (RFC 3629). */
final class Utf8 {
  private Utf8() {}

  /** The bytes that {@code text} has; each half of a surrogate pair counts two of the four. */
  static int length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }
}
