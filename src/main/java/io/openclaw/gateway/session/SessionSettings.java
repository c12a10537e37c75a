package io.openclaw.gateway.session;

import java.time.Duration;

/**
 * What one session may be and do.
 *
 * @param heartbeat silence after which the server sends a ping; a client that is not heard of for
 *     twice as long is disconnected
 * @param authTimeout how long a session without identity may stay where the policy grants nothing
 *     to anyone
 * @param expiryNotice how long before its end a token's holder is told to renew it
 * @param messageTimeout how long a message may take that comes in parts, from the first to the last
 * @param maxMessageBytes largest frame a client may send
 * @param maxBatch commands in one frame at most
 * @param maxSubscriptions patterns one session may be subscribed to
 * @param maxPending commands of one session that may wait to be carried out
 * @param maxMalformed malformed frames in a row after which the session is ended
 * @param maxHistory publications that one history or subscription brings from the past at most
 * @param maxSessions sessions on this node at most
 * @param age how old a session may become
 * @param pumps threads that serve the sessions; 0: half of the processors, at least one
 * @param outbound what may wait for a client
 */
public record SessionSettings(
    Duration heartbeat,
    Duration authTimeout,
    Duration expiryNotice,
    Duration messageTimeout,
    int maxMessageBytes,
    int maxBatch,
    int maxSubscriptions,
    int maxPending,
    int maxMalformed,
    int maxHistory,
    int maxSessions,
    SessionAge age,
    int pumps,
    OutboundSettings outbound) {
  /** Measured or usual values; see docs/configuration.md. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          64 << 10,
          1_000,
          1_000,
          50_000,
          10,
          10_000,
          100_000,
          SessionAge.ANY,
          0,
          OutboundSettings.DEFAULT);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public SessionSettings {
    if (heartbeat.toMillis() < 100
        || Math.min(authTimeout.toMillis(), messageTimeout.toMillis()) < 1
        || expiryNotice.isNegative()) {
      throw new IllegalArgumentException(
          "heartbeat is 100 ms or more, auth-timeout and message-timeout above 0, expiry-notice 0 or"
              + " more");
    }
    if (Math.min(Math.min(maxMessageBytes, maxBatch), Math.min(maxSubscriptions, maxPending)) < 1
        || Math.min(Math.min(maxMalformed, maxHistory), maxSessions) < 1
        || pumps < 0) {
      throw new IllegalArgumentException("the bounds of a session are 1 or more, pumps 0 or more");
    }
  }

  /** The number of pump threads on a machine with so many processors. */
  public int pumpsFor(int processors) {
    return pumps > 0 ? pumps : Math.max(1, processors / 2);
  }
}
