package io.openclaw.gateway.session;

import java.time.Duration;

/**
 * The bounds of what waits for one client.
 *
 * @param maxMessages messages waiting at most; one more ends the session as a slow consumer
 * @param maxBytes their size, roughly one byte for each character
 * @param stallTimeout a write that is not taken for so long ends the session
 * @param closeTimeout how long a goodbye and the closing handshake may take
 * @param flushDelay how long what is to be sent may wait for more that leaves in the same frame, up
 *     to 20 ms; 0 sends at once
 */
public record OutboundSettings(
    int maxMessages,
    int maxBytes,
    Duration stallTimeout,
    Duration closeTimeout,
    Duration flushDelay) {
  /**
   * 10,000 messages, 1 MB: seconds of a busy topic; 30 s without progress; 2 s to say goodbye; no
   * delay.
   */
  public static final OutboundSettings DEFAULT =
      new OutboundSettings(
          10_000, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ZERO);

  private static final long MAX_FLUSH_DELAY_MILLIS = 20;

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public OutboundSettings {
    if (maxMessages < 16 || maxBytes < 1024) {
      throw new IllegalArgumentException("max-messages is 16 or more, max-bytes 1 KB or more");
    }
    if (stallTimeout.toMillis() < 1 || closeTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("stall-timeout and close-timeout are above 0");
    }
    if (flushDelay.isNegative() || flushDelay.toMillis() > MAX_FLUSH_DELAY_MILLIS) {
      throw new IllegalArgumentException("flush-delay is 0 to " + MAX_FLUSH_DELAY_MILLIS + " ms");
    }
  }
}
