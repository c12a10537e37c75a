package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: between half and all of a time that doubles with each
 * failure up to a bound, so that many nodes do not come back at the same moment. Confined to the
 * thread that waits.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration max;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration max, RandomGenerator random) {
    this.first = first;
    this.max = max;
    this.random = random;
  }

  /** The time to wait after one more failure. */
  public Duration next() {
    long ceiling = Math.min(first.toMillis() << Math.min(failures, MAX_DOUBLINGS), max.toMillis());
    failures++;
    return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
  }

  /** How often it failed in a row. */
  public int failures() {
    return failures;
  }

  /** It worked: the next failure is the first one again. */
  public void reset() {
    failures = 0;
  }
}
