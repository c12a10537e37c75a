package io.openclaw.gateway.security;

import java.time.Duration;

/**
 * The bounds of one-time tickets.
 *
 * @param ttl how long one is good for
 * @param maxCount tickets that may wait to be used
 * @param maxPerUser those of one user among them
 */
public record TicketSettings(Duration ttl, int maxCount, int maxPerUser) {
  /** 30 seconds, 10,000 tickets, 100 for one user. */
  public static final TicketSettings DEFAULT =
      new TicketSettings(Duration.ofSeconds(30), 10_000, 100);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public TicketSettings {
    if (ttl.toMillis() < 1 || maxCount < 1 || maxPerUser < 1) {
      throw new IllegalArgumentException("ttl, max-count and max-per-user are above 0");
    }
  }
}
