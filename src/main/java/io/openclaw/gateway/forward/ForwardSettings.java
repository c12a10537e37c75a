package io.openclaw.gateway.forward;

import java.time.Duration;
import java.util.List;

/**
 * How publications are forwarded.
 *
 * @param lanes threads for each destination; all publications of one session to it go through one
 * @param batchSize publications that go in one transaction at most
 * @param maxWaiting publications that may wait in one lane
 * @param maxWaitingBytes their size
 * @param timeout after which whoever publishes is told that nobody knows
 * @param maxRequests HTTP requests that may wait at once, as each holds a thread
 * @param claims which claims of the sender go along
 */
public record ForwardSettings(
    int lanes,
    int batchSize,
    int maxWaiting,
    int maxWaitingBytes,
    Duration timeout,
    int maxRequests,
    List<String> claims) {
  /** Two lanes keep a broker busy while one waits; 10 s is how long clients wait themselves. */
  public static final ForwardSettings DEFAULT =
      new ForwardSettings(2, 100, 1_000, 4 << 20, Duration.ofSeconds(10), 16, List.of());

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public ForwardSettings {
    if (Math.min(Math.min(lanes, batchSize), Math.min(maxWaiting, maxWaitingBytes)) < 1
        || timeout.toMillis() < 1
        || maxRequests < 1) {
      throw new IllegalArgumentException("the bounds of forwarding are above 0");
    }
    claims = List.copyOf(claims);
  }
}
