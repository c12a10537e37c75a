package io.openclaw.gateway.log;

/**
 * The log takes nothing at the moment, or it is not sure that it has taken it. Trying again later
 * can help; with the same event id it makes no second publication.
 */
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, in words for an operator
   */
  public LogUnavailableException(String message) {
    super(message);
  }

  /**
   * @param message why, in words for an operator
   */
  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
