package io.openclaw.gateway.protocol;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number as it is written. It may be far larger than anything that can be computed with, so
 * that it stays text until somebody wants a value of it.
 *
 * @param text as RFC 8259 has it
 */
record Numeral(String text) {
  private static final int MAX_INTEGER_CHARS = 64;

  /** Whatever has no more characters, sign included, and is an integer fits a long. */
  private static final int MAX_SURE_CHARS = 18;

  /** The value if it is an integer that fits, however it is written; else null. */
  @Nullable Long asLongOrNull() {
    if (isShortInteger()) {
      return Long.valueOf(text);
    }
    if (text.length() > MAX_INTEGER_CHARS) {
      return null;
    }
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * A Long if it is written as an integer and fits, else the nearest Double, which may be infinite.
   */
  Number value() {
    if (!isInteger()) {
      return Double.valueOf(text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return Double.valueOf(text);
    }
  }

  private boolean isShortInteger() {
    return text.length() <= MAX_SURE_CHARS && isInteger();
  }

  /** Asked before it is tried: a failed attempt costs a microsecond. */
  private boolean isInteger() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }
}
