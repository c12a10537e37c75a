package io.openclaw.gateway.security;

/**
 * How much may come: a token bucket of {@code burst} that is refilled by {@code perSecond}.
 *
 * @param perSecond 0: any amount
 * @param burst what may come at once, after a while without anything
 */
public record Rate(long perSecond, long burst) {
  /** The largest rate that has a bound: one each nanosecond. */
  public static final int MAX = 1_000_000_000;

  /** Any amount. */
  public static final Rate UNLIMITED = new Rate(0, 1);

  /**
   * @throws IllegalArgumentException if the rate is negative or the burst less than 1
   */
  public Rate {
    if (perSecond < 0 || perSecond > MAX || burst < 1) {
      throw new IllegalArgumentException(
          "a rate is 0 (no bound) to " + MAX + ", a burst 1 or more");
    }
  }

  /** Whether there is no bound. */
  public boolean isUnlimited() {
    return perSecond == 0;
  }
}
