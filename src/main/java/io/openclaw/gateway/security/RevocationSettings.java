package io.openclaw.gateway.security;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of revocations.
 *
 * @param keep how long one counts; as long as the longest life of a token, or longer
 * @param maxCount how many may count at a time
 * @param file where they survive a restart, or null: nowhere
 */
public record RevocationSettings(Duration keep, int maxCount, @Nullable Path file) {
  /** A day, and ten thousand: tokens live for hours, and each takes some hundred bytes. */
  public static final RevocationSettings DEFAULT =
      new RevocationSettings(Duration.ofDays(1), 10_000, null);

  /**
   * @throws IllegalArgumentException if a bound is not above 0
   */
  public RevocationSettings {
    if (keep.toMillis() < 1 || maxCount < 1) {
      throw new IllegalArgumentException("keep and max-count are above 0");
    }
  }
}
