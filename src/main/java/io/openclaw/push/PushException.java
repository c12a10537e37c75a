package io.openclaw.push;

/** Says that an event could not be written to where the gateway takes it from. */
public final class PushException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PushException(String message, Throwable cause) {
    super(message, cause);
  }
}
