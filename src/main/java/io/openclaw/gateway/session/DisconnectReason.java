package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.ServerMessage.Goodbye;

/**
 * Why the server ends a session. The close code alone says whether to come back: 4000-4499 yes,
 * 4500-4999 no.
 */
public enum DisconnectReason {
  /** The node restarts, or its log has begun another life: what waits counts no more. */
  RESTART(4000, "restart", 0, 5_000),
  /** The node restarts; clients are sent away one after the other. */
  DRAIN(4000, "restart", 0, 1_000),
  /** The node restarts; all its clients are sent away at once. */
  DRAIN_AT_ONCE(4000, "restart", 0, 5_000),
  /** The client took less than was published for it. */
  SLOW_CONSUMER(4001, "slow consumer", 100, 2_000),
  /** Nothing was heard of the client, pongs included. */
  HEARTBEAT_LOST(4002, "heartbeat lost", 0, 1_000),
  /** The token ended; renew it first. */
  TOKEN_EXPIRED(4003, "token expired", 0, 1_000),
  /** Other nodes have more room. */
  REBALANCE(4004, "rebalance", 0, 5_000),
  /** The client sends more than is allowed. */
  RATE(4029, "rate", 1_000, 10_000),
  /** The client does not speak the protocol. */
  BAD_PROTOCOL(4500, "bad protocol", 0, 0),
  /** The client did not sign in, or could not. */
  UNAUTHORIZED(4501, "unauthorized", 0, 0),
  /** What the client had was taken from it. */
  FORBIDDEN(4503, "forbidden", 0, 0),
  /** The user has too many sessions. */
  TOO_MANY_SESSIONS(4509, "too many sessions", 0, 0),
  /** A message was larger than {@code welcome} allowed. */
  TOO_LARGE(4513, "message too large", 0, 0);

  private static final int FIRST_FINAL = 4500;

  private final int code;
  private final String text;
  private final long afterMinMillis;
  private final long afterMaxMillis;

  DisconnectReason(int code, String text, long afterMinMillis, long afterMaxMillis) {
    this.code = code;
    this.text = text;
    this.afterMinMillis = afterMinMillis;
    this.afterMaxMillis = afterMaxMillis;
  }

  /** The WebSocket close code. */
  public int code() {
    return code;
  }

  /** The reason in words, for people. */
  public String text() {
    return text;
  }

  /**
   * Whether what waits for the client leaves before the goodbye: nothing was taken from the client,
   * and it is not too slow.
   */
  boolean flushes() {
    return this == DRAIN || this == DRAIN_AT_ONCE || this == REBALANCE;
  }

  /** What is said before the close. */
  Goodbye goodbye() {
    return new Goodbye(code, text, code < FIRST_FINAL, afterMinMillis, afterMaxMillis);
  }
}
