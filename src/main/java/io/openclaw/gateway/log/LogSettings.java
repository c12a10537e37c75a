package io.openclaw.gateway.log;

import java.time.Duration;

/**
 * The bounds of a log. Whatever is reached first lets the oldest publications go.
 *
 * @param maxCount publications kept for recovery and history; 1 or more
 * @param maxBytes their size, objects included; a single larger publication is still kept
 * @param maxAge how long they are kept
 * @param maxRetainedCount current values (one for each topic and key) kept without limit of age; 0
 *     keeps none; beyond it the value that was written least recently goes
 * @param maxRetainedBytes size of the current values
 */
public record LogSettings(
    int maxCount, long maxBytes, Duration maxAge, int maxRetainedCount, long maxRetainedBytes) {
  /**
   * 100,000 publications, 128 MB, 10 minutes: long enough for a page reload, a lift or a server
   * restart; 100,000 current values in 64 MB.
   */
  public static final LogSettings DEFAULT =
      new LogSettings(100_000, 128L << 20, Duration.ofMinutes(10), 100_000, 64L << 20);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public LogSettings {
    if (maxCount < 1 || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("max-count, max-bytes and max-age are above 0");
    }
    if (maxRetainedCount < 0 || maxRetainedBytes < 0) {
      throw new IllegalArgumentException("the bounds of retained values are 0 or more");
    }
  }
}
