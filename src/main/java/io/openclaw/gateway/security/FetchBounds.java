package io.openclaw.gateway.security;

import java.time.Duration;

/**
 * The bounds of fetching keys from an issuer.
 *
 * @param timeout for the whole answer, from the connection to its last byte
 * @param maxBytes a larger answer is refused
 * @param maxAge how long keys are used before they are fetched again; while the issuer cannot be
 *     reached, the last ones are used for up to ten times as long
 * @param minInterval between the beginnings of two fetches, whatever asks for them
 */
public record FetchBounds(Duration timeout, int maxBytes, Duration maxAge, Duration minInterval) {
  /**
   * 2 seconds; 256 KiB, hundreds of keys; 10 minutes, for which a withdrawn key goes on being
   * accepted; 10 seconds, which a token with a brand-new key may have to wait.
   */
  public static final FetchBounds DEFAULT =
      new FetchBounds(
          Duration.ofSeconds(2), 256 << 10, Duration.ofMinutes(10), Duration.ofSeconds(10));

  /** How many times the age of keys may exceed {@code maxAge} through an outage. */
  private static final int OUTAGE_FACTOR = 10;

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public FetchBounds {
    if (timeout.toMillis() < 1 || maxBytes < 1 || minInterval.toMillis() < 1) {
      throw new IllegalArgumentException("timeout, max-bytes and min-interval are above 0");
    }
    if (maxAge.compareTo(timeout) <= 0 || maxAge.compareTo(minInterval) <= 0) {
      throw new IllegalArgumentException("max-age is longer than timeout and min-interval");
    }
  }

  /** How long keys may be used at most, while no newer ones can be had. */
  Duration maxOutage() {
    return maxAge.multipliedBy(OUTAGE_FACTOR);
  }
}
