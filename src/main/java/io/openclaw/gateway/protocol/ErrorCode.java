package io.openclaw.gateway.protocol;

import java.util.Locale;

/** Why a request failed; the session lives on. */
public enum ErrorCode {
  /** The message broke the protocol; the text says which rule. */
  BAD_REQUEST(false),
  /** Signing in could help. */
  UNAUTHORIZED(false),
  /** The policy does not grant it. */
  FORBIDDEN(false),
  /** There is no such thing. */
  NOT_FOUND(false),
  /** A bound of the session is reached. */
  LIMIT_EXCEEDED(false),
  /** Too fast; slower works. */
  RATE_LIMITED(true),
  /** The message or its data is too large. */
  TOO_LARGE(false),
  /** The server does not know how. */
  UNSUPPORTED(false),
  /** Not now. */
  UNAVAILABLE(true),
  /** Nobody answered in time. */
  TIMEOUT(true),
  /** A fault of the gateway. */
  INTERNAL(true);

  private final boolean retry;
  private final String wire = name().toLowerCase(Locale.ROOT);

  ErrorCode(boolean retry) {
    this.retry = retry;
  }

  /** Whether trying the same again can help. */
  public boolean retry() {
    return retry;
  }

  /** The word on the wire, {@code bad_request}. */
  public String wire() {
    return wire;
  }

  /**
   * The code with this word on the wire.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ErrorCode ofWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
