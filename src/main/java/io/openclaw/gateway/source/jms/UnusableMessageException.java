package io.openclaw.gateway.source.jms;

/** Says that a message can never become an event, however often it is delivered. */
public final class UnusableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code {@code bad_request}, {@code too_large} or {@code unsupported}
   * @param reason what is wrong and what is allowed, for whoever reads the dead-letter queue
   */
  UnusableMessageException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
