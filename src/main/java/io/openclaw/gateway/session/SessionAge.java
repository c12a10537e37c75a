package io.openclaw.gateway.session;

import java.time.Duration;

/**
 * How old a session may become, so that clients spread over nodes that were added. Each gets an age
 * of its own between {@code max} and {@code max} + {@code jitter}, so that those that came together
 * do not leave together.
 *
 * @param max 0: any age
 * @param jitter 0: a tenth of {@code max}
 */
public record SessionAge(Duration max, Duration jitter) {
  /** However old. */
  public static final SessionAge ANY = new SessionAge(Duration.ZERO, Duration.ZERO);

  private static final int USUAL_PART = 10;

  /**
   * @throws IllegalArgumentException if one of them is negative
   */
  public SessionAge {
    if (max.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("max-age and max-age-jitter are 0 or more");
    }
  }

  /** How many ms the session with this id may live; ids are random, so that this is, too. */
  long millisFor(String session) {
    if (max.isZero()) {
      return Long.MAX_VALUE;
    }
    long spread = jitter.isZero() ? max.toMillis() / USUAL_PART : jitter.toMillis();
    return max.toMillis() + Math.floorMod(session.hashCode(), spread + 1);
  }
}
