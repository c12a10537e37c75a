package io.openclaw.gateway.forward;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for has no result; becomes the reply. An expected outcome that futures carry: it
 * has no stack trace and is answered, not logged.
 */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code an error code of the protocol
   * @param message what happened, in words fit for the client
   */
  public UnansweredException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Not now; the same may be tried again. */
  public static UnansweredException unavailable(String message) {
    return new UnansweredException("unavailable", message);
  }

  /** The error code; the message is fit for the client. */
  public String code() {
    return code;
  }

  /** The one that a future ended with, or null if it ended with another failure. */
  public static @Nullable UnansweredException in(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof UnansweredException unanswered ? unanswered : null;
  }
}
