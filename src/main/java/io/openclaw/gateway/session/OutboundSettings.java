package io.openclaw.gateway.session;

import java.time.Duration;

/**
 * The bounds of what waits for one client.
 *
 * @param maxMessages messages waiting at most; one more ends the session as a slow consumer
 * @param maxBytes their size, roughly one byte for each character
 * @param stallTimeout a write that is not taken for so long ends the session
 * @param closeTimeout how long a goodbye and the closing handshake may take
 */
public record OutboundSettings(
    int maxMessages, int maxBytes, Duration stallTimeout, Duration closeTimeout) {
  /** 10,000 messages, 1 MB: seconds of a busy topic; 30 s without progress; 2 s to say goodbye. */
  public static final OutboundSettings DEFAULT =
      new OutboundSettings(10_000, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(2));

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
  }
}
