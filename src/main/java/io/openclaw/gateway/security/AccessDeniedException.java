package io.openclaw.gateway.security;

/**
 * Says that the access policy refused. An expected outcome that crosses the container's
 * interceptors: it carries no stack trace and is answered, not logged.
 */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param refusal the decision
   */
  public AccessDeniedException(AccessDecision.Refused refusal) {
    super(refusal.message(), null, false, false);
    this.code = refusal.code();
  }

  /** {@code unauthorized} or {@code forbidden}; the message is fit for the client. */
  public String code() {
    return code;
  }
}
