package io.openclaw.gateway.topic;

/**
 * What a publication carries. The gateway never looks into it on the delivery path; {@code
 * toString} shows the size and never the content.
 */
public sealed interface Payload {
  /** Nothing: what a removal carries. */
  Json NONE = new Json("null");

  /** Approximate size in memory, in bytes; what the bounds of log and queues count. */
  int bytes();

  /**
   * One JSON value.
   *
   * @param text a complete, valid JSON text (RFC 8259); whoever makes this has parsed it
   */
  record Json(String text) implements Payload {
    @Override
    public int bytes() {
      return text.length();
    }

    /** Whether more than {@code levels} objects and arrays stand within each other. */
    public boolean isDeeperThan(int levels) {
      int depth = 0;
      boolean inString = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (inString) {
          i += c == '\\' ? 1 : 0;
          inString = c != '"';
        } else if (c == '"') {
          inString = true;
        } else if ((c == '{' || c == '[') && ++depth > levels) {
          return true;
        } else if (c == '}' || c == ']') {
          depth--;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "json(" + text.length() + " chars)";
    }
  }

  /**
   * Bytes that are not for the gateway to read.
   *
   * @param content not copied: neither maker nor reader changes it afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody: a hot path
  record Binary(byte[] content) implements Payload {
    @Override
    public int bytes() {
      return content.length;
    }

    @Override
    public String toString() {
      return "binary(" + content.length + " bytes)";
    }
  }
}
