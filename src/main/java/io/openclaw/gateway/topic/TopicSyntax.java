package io.openclaw.gateway.topic;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules that topic names and patterns have in common: length, depth, empty levels, characters.
 * Those without a shape of their own are refused: control and format characters (Unicode categories
 * Cc and Cf, with the bidirectional controls and those of no width), line and paragraph separators
 * (Zl, Zp) and halves of surrogate pairs. Two topics that look alike in a log or a console would
 * otherwise be different ones, and one could look like two lines. Nothing is normalised.
 */
final class TopicSyntax {
  static final int MAX_CHARS = 255;
  static final int MAX_LEVELS = 16;
  private static final int FIRST_NOT_ASCII = 0x80;

  private TopicSyntax() {}

  /** Splits {@code text} at every {@code /} after checking the common rules. */
  static String[] split(String what, String text) {
    checkLength(what, text);
    List<String> levels = new ArrayList<>(4);
    int start = 0;
    for (int end = text.indexOf('/'); end >= 0; end = text.indexOf('/', start)) {
      levels.add(level(what, text, start, end));
      start = end + 1;
    }
    levels.add(level(what, text, start, text.length()));
    if (levels.size() > MAX_LEVELS) {
      throw new IllegalTopicException("a " + what + " has at most " + MAX_LEVELS + " levels");
    }
    return levels.toArray(String[]::new);
  }

  private static void checkLength(String what, String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      throw new IllegalTopicException("a " + what + " has 1 to " + MAX_CHARS + " characters");
    }
    int codePoint;
    for (int at = 0; at < text.length(); at += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(at);
      if (isForbidden(codePoint)) {
        throw new IllegalTopicException(
            "a " + what + " has no control or format characters or broken surrogate pairs");
      }
    }
  }

  private static boolean isForbidden(int codePoint) {
    if (codePoint < FIRST_NOT_ASCII) {
      return Character.isISOControl(codePoint);
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String level(String what, String text, int start, int end) {
    if (start == end) {
      throw new IllegalTopicException("a " + what + " has no empty level");
    }
    return text.substring(start, end);
  }
}
