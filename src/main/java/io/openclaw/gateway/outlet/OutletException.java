package io.openclaw.gateway.outlet;

/** It is not certain that messages arrived. */
public final class OutletException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, for the operator; never shown to a client
   */
  public OutletException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param message what happened, for the operator; never shown to a client
   */
  public OutletException(String message) {
    super(message);
  }
}
