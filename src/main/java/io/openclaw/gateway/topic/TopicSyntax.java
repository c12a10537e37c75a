package io.openclaw.gateway.topic;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules that topic names and patterns have in common: length, depth, empty levels, controls.
 */
final class TopicSyntax {
  static final int MAX_CHARS = 255;
  static final int MAX_LEVELS = 16;

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
            "a " + what + " has no control characters or broken surrogate pairs");
      }
    }
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static String level(String what, String text, int start, int end) {
    if (start == end) {
      throw new IllegalTopicException("a " + what + " has no empty level");
    }
    return text.substring(start, end);
  }
}
