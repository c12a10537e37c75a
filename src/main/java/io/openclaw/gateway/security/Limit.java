package io.openclaw.gateway.security;

import java.util.Locale;

/** A limit that may differ by who is limited. 0 is none, but for the bursts. */
public enum Limit {
  /** What a session may send per second, in units of cost. */
  MESSAGES_PER_SECOND,
  /** What it may send at once. */
  MESSAGE_BURST,
  /** Bytes that a session may send per second. */
  BYTES_PER_SECOND,
  /** Bytes that it may send at once. */
  BYTE_BURST,
  /** HTTP requests of one user, or of one address, per second, in units of cost. */
  REQUESTS_PER_SECOND,
  /** What may be asked at once. */
  REQUEST_BURST,
  /** Sessions that one user may have on this node. */
  SESSIONS_PER_USER,
  /** Sessions that one address may have on this node. */
  SESSIONS_PER_ADDRESS;

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in settings, {@code messages-per-second}. */
  public String key() {
    return key;
  }

  /** Whether 0 has no meaning. */
  public boolean isBurst() {
    return this == MESSAGE_BURST || this == BYTE_BURST || this == REQUEST_BURST;
  }
}
