package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.IngestResult.Rejected;

/**
 * An exchange can never become a publication: trying again does not help. Fails the exchange, so
 * that the route's policy, or the source's, decides.
 */
public final class EventRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  EventRejectedException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  EventRejectedException(Rejected why) {
    this(why.code(), why.reason());
  }

  /** {@code bad_request}, {@code too_large} or {@code unsupported}. */
  public String code() {
    return code;
  }

  /** The same as a result. */
  Rejected result() {
    return new Rejected(code, String.valueOf(getMessage()));
  }
}
