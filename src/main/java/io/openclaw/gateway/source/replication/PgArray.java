package io.openclaw.gateway.source.replication;

/**
 * Turns the text of an array into JSON: {@code {1,NULL,"a b"}}, nested, or with bounds in front
 * (PostgreSQL's manual, "Array Input and Output Syntax"). Used once.
 */
final class PgArray {
  /** As many dimensions as an array may have. */
  private static final int MAX_DEPTH = 6;

  private final String text;
  private final PgType.ArrayOf type;
  private int at;

  PgArray(String text, PgType.ArrayOf type) {
    this.text = text;
    this.type = type;
    this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
  }

  /**
   * Writes it.
   *
   * @return false if it is no array; then what was written is of no use
   */
  boolean write(StringBuilder out) {
    return array(out, 1) && at == text.length();
  }

  private boolean array(StringBuilder out, int depth) {
    if (depth > MAX_DEPTH || !take('{')) {
      return false;
    }
    out.append('[');
    if (take('}')) {
      out.append(']');
      return true;
    }
    do {
      if (!element(out, depth)) {
        return false;
      }
      out.append(',');
    } while (take(type.delimiter()));
    out.setCharAt(out.length() - 1, ']');
    return take('}');
  }

  private boolean element(StringBuilder out, int depth) {
    if (at >= text.length()) {
      return false;
    }
    if (text.charAt(at) == '{') {
      return array(out, depth + 1);
    }
    return text.charAt(at) == '"' ? quoted(out) : plain(out);
  }

  private boolean quoted(StringBuilder out) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        value.append(text.charAt(at));
      }
    }
    PgType.write(out, type.element(), value.toString());
    return take('"');
  }

  private boolean plain(StringBuilder out) {
    int begin = at;
    while (at < text.length() && text.charAt(at) != type.delimiter() && text.charAt(at) != '}') {
      at++;
    }
    String value = text.substring(begin, at);
    if (value.equals("NULL")) {
      out.append("null");
    } else {
      PgType.write(out, type.element(), value);
    }
    return !value.isEmpty();
  }

  private boolean take(char expected) {
    boolean found = at < text.length() && text.charAt(at) == expected;
    at += found ? 1 : 0;
    return found;
  }
}
