package io.openclaw.gateway.websocket;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Why a handshake goes no further.
 *
 * @param status of the answer
 * @param reason in words for the client
 * @param retryAfterSeconds when to come back; 0 if that does not help
 */
record Refusal(int status, String reason, int retryAfterSeconds) {
  static final int TOO_MANY_REQUESTS = 429;

  private static final long NANOS = 1_000_000_000L;

  static Refusal forbidden(String reason) {
    return new Refusal(HttpServletResponse.SC_FORBIDDEN, reason, 0);
  }

  static Refusal unauthorized(String reason) {
    return new Refusal(HttpServletResponse.SC_UNAUTHORIZED, reason, 0);
  }

  static Refusal unavailable(String reason, int retryAfterSeconds) {
    return new Refusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, reason, retryAfterSeconds);
  }

  /** Slower works. */
  static Refusal tooFast(String reason, long waitNanos) {
    return new Refusal(TOO_MANY_REQUESTS, reason, seconds(waitNanos));
  }

  /** Full seconds, at least one. */
  static int seconds(long nanos) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (nanos + NANOS - 1) / NANOS));
  }

  boolean isLimit() {
    return status == TOO_MANY_REQUESTS;
  }

  void answer(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    if (retryAfterSeconds > 0) {
      response.setHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(reason);
  }
}
