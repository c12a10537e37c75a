package io.openclaw.gateway.security;

import java.util.Map;

/**
 * What somebody may do how often.
 *
 * @param messages commands of one session, in units of cost
 * @param bytes of one session
 * @param requests over HTTP, of one user or of one address, in units of cost
 * @param sessionsPerUser 0: any number
 * @param sessionsPerAddress 0: any number
 */
public record Limits(
    Rate messages, Rate bytes, Rate requests, int sessionsPerUser, int sessionsPerAddress) {
  /** Far above what good clients do; see docs/configuration.md. */
  public static final Limits DEFAULT =
      new Limits(
          new Rate(1_000, 10_000),
          new Rate(1 << 20, 8 << 20),
          new Rate(1_000, 10_000),
          1_000,
          20_000);

  /** The same but for {@code other}. A rate that is raised above its burst takes that along. */
  Limits with(Map<Limit, Long> other) {
    return new Limits(
        rate(messages, Limit.MESSAGES_PER_SECOND, Limit.MESSAGE_BURST, other),
        rate(bytes, Limit.BYTES_PER_SECOND, Limit.BYTE_BURST, other),
        rate(requests, Limit.REQUESTS_PER_SECOND, Limit.REQUEST_BURST, other),
        count(sessionsPerUser, Limit.SESSIONS_PER_USER, other),
        count(sessionsPerAddress, Limit.SESSIONS_PER_ADDRESS, other));
  }

  private static Rate rate(Rate usual, Limit perSecond, Limit burst, Map<Limit, Long> other) {
    long rate = other.getOrDefault(perSecond, usual.perSecond());
    return new Rate(rate, other.getOrDefault(burst, Math.max(usual.burst(), rate)));
  }

  private static int count(int usual, Limit limit, Map<Limit, Long> other) {
    return Math.toIntExact(other.getOrDefault(limit, (long) usual));
  }
}
