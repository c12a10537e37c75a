package io.openclaw.gateway.wiring.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How sizes and durations are written in settings. Parsing fails with IllegalArgumentException. */
final class Notation {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");
  private static final Map<String, Long> BYTE_UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30);
  private static final Map<String, Long> MILLI_UNITS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Notation() {}

  /** {@code 65536}, {@code 1MB} (a million) or {@code 64KiB} (65,536). */
  static long bytes(String text) {
    return amount(text, BYTE_UNITS);
  }

  /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 2d}, or ISO 8601, {@code PT10S}. */
  static Duration duration(String text) {
    if (!text.isEmpty() && Character.toUpperCase(text.charAt(0)) == 'P') {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return Duration.ofMillis(amount(text, MILLI_UNITS));
  }

  private static long amount(String text, Map<String, Long> units) {
    Matcher parts = AMOUNT.matcher(text.trim());
    Long unit = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("no amount");
    }
    try {
      return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The shortest exact way to write a size: {@code 64MiB}. */
  static String ofBytes(long bytes) {
    return written(bytes, List.of("GiB", "MiB", "KiB"), BYTE_UNITS, "");
  }

  /** The shortest exact way to write a duration: {@code 10m}. */
  static String ofDuration(Duration duration) {
    return written(duration.toMillis(), List.of("d", "h", "m", "s"), MILLI_UNITS, "ms");
  }

  private static String written(
      long amount, List<String> names, Map<String, Long> units, String smallest) {
    for (String name : names) {
      long unit = units.getOrDefault(name.toLowerCase(Locale.ROOT), 1L);
      if (amount >= unit && amount % unit == 0) {
        return amount / unit + name;
      }
    }
    return amount + smallest;
  }
}
