package io.openclaw.gateway.shape;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of a LIKE (Jakarta Messaging 3.1, §3.8.1.1): {@code %} stands for any characters,
 * {@code _} for one, the escape character takes either as itself. Matching takes at most as many
 * steps as text and pattern have characters, multiplied: a regular expression for the same takes
 * minutes for some patterns that a client may send. Immutable; <em>Thread-safe.</em>
 */
final class LikePattern {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] symbols;

  /**
   * @param escape takes the next character as itself, or null: there is none
   */
  LikePattern(String pattern, @Nullable Character escape) {
    int[] read = new int[pattern.length()];
    int count = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escaped = escape != null && c == escape && i + 1 < pattern.length();
      read[count++] = escaped ? pattern.charAt(++i) : c == '%' ? ANY : c == '_' ? ONE : c;
    }
    symbols = Arrays.copyOf(read, count);
  }

  /** Whether all of {@code text} fits. After a mismatch the last {@code %} takes one more. */
  boolean matches(String text) {
    int symbol = 0;
    int lastAny = -1;
    int resume = 0;
    for (int at = 0; at < text.length(); ) {
      if (isAny(symbol)) {
        lastAny = symbol++;
        resume = at;
      } else if (fits(symbol, text.charAt(at))) {
        symbol++;
        at++;
      } else if (lastAny >= 0) {
        symbol = lastAny + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (isAny(symbol)) {
      symbol++;
    }
    return symbol == symbols.length;
  }

  private boolean isAny(int symbol) {
    return symbol < symbols.length && symbols[symbol] == ANY;
  }

  private boolean fits(int symbol, char c) {
    return symbol < symbols.length && (symbols[symbol] == c || symbols[symbol] == ONE);
  }
}
