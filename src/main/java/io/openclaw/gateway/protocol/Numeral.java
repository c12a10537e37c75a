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

  /** The value if it is an integer that fits, however it is written; else null. */
  @Nullable Long asLongOrNull() {
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
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return Double.valueOf(text);
    }
  }
}
