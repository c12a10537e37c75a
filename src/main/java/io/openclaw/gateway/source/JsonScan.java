package io.openclaw.gateway.source;

import java.util.BitSet;

/**
 * Walks once over a text and tells whether it is one JSON value (RFC 8259), without making anything
 * of it, which takes a fraction of what a parser does. Used once, by one thread.
 */
final class JsonScan {
  /** As deep as the parsers of the servers read. */
  private static final int MAX_DEPTH = 1_000;

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  /** What stands beyond the end; as a character it is allowed nowhere. */
  private static final char NOTHING = 0;

  private final String text;
  private final int end;
  private final BitSet objects = new BitSet();
  private int at;
  private int depth;

  JsonScan(String text) {
    this.text = text;
    this.end = text.length();
  }

  /** Whether it is one. */
  boolean isJson() {
    do {
      if (!passToNextValue()) {
        return false;
      }
    } while (depth > 0);
    return at == end;
  }

  /** Passes a value, or the beginning of one with others in it, up to where the next must begin. */
  private boolean passToNextValue() {
    char first = peek();
    if (first == '{' || first == '[') {
      return depth < MAX_DEPTH && passOpening(first == '{');
    }
    return passScalar(first) && passEnds();
  }

  private boolean passOpening(boolean object) {
    objects.set(depth++, object);
    at++;
    return peek() == closing() ? passEnds() : !object || passName();
  }

  /** Passes what may follow a value: ends of objects and arrays, then a comma if it is not over. */
  private boolean passEnds() {
    while (depth > 0) {
      char next = peek();
      at++;
      if (next == ',') {
        return !objects.get(depth - 1) || passName();
      }
      if (next != closing()) {
        return false;
      }
      depth--;
    }
    skipBlanks();
    return true;
  }

  private char closing() {
    return objects.get(depth - 1) ? '}' : ']';
  }

  private boolean passName() {
    return peek() == '"' && passString() && pass(':');
  }

  private boolean passScalar(char first) {
    return switch (first) {
      case '"' -> passString();
      case 't' -> passWord("true");
      case 'f' -> passWord("false");
      case 'n' -> passWord("null");
      default -> passNumber();
    };
  }

  private boolean passWord(String word) {
    boolean there = text.startsWith(word, at);
    at += word.length();
    return there;
  }

  private boolean passString() {
    at++;
    while (at < end) {
      char c = text.charAt(at++);
      if (c == '"') {
        return true;
      }
      if (c < ' ' || (c == '\\' && !passEscape())) {
        return false;
      }
    }
    return false;
  }

  private boolean passEscape() {
    char c = here();
    at++;
    return c == 'u' ? passHex() : c != NOTHING && ESCAPES.indexOf(c) >= 0;
  }

  private boolean passHex() {
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = here();
      at++;
      if (Character.digit(c, HEX) < 0 || c > 'f') { // digit() takes those of other scripts, too
        return false;
      }
    }
    return true;
  }

  private boolean passNumber() {
    if (here() == '-') {
      at++;
    }
    if (here() == '0') {
      at++;
    } else if (!passDigits()) {
      return false;
    }
    return passFraction() && passExponent();
  }

  private boolean passFraction() {
    if (here() != '.') {
      return true;
    }
    at++;
    return passDigits();
  }

  private boolean passExponent() {
    if (here() != 'e' && here() != 'E') {
      return true;
    }
    at++;
    if (here() == '+' || here() == '-') {
      at++;
    }
    return passDigits();
  }

  private boolean passDigits() {
    int first = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    return at > first;
  }

  private boolean pass(char wanted) {
    boolean there = peek() == wanted;
    at++;
    return there;
  }

  /** The next character that is no blank; it is not passed. */
  private char peek() {
    skipBlanks();
    return here();
  }

  private char here() {
    return at < end ? text.charAt(at) : NOTHING;
  }

  private void skipBlanks() {
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
