package io.openclaw.gateway.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * Why a request failed (RFC 9457).
 *
 * @param type names the kind of problem: {@code about:blank}, so the status says it
 * @param title the status in words
 * @param status HTTP status
 * @param code the error code that a socket would have got
 * @param detail what was wrong and what is allowed
 */
public record Problem(String type, String title, int status, String code, String detail) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NOT_IMPLEMENTED = 501;
  private static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("bad_request", 400),
          Map.entry("unauthorized", 401),
          Map.entry("forbidden", 403),
          Map.entry("not_found", 404),
          Map.entry("timeout", 408),
          Map.entry("conflict", 409),
          Map.entry("too_large", 413),
          Map.entry("unsupported", 415),
          Map.entry("rate_limited", 429),
          Map.entry("limit_exceeded", 429),
          Map.entry("unavailable", 503));

  /** The problem with this error code. */
  static Problem of(String code, String detail) {
    int status = STATUS.getOrDefault(code, 500);
    return new Problem(
        "about:blank",
        Response.Status.fromStatusCode(status).getReasonPhrase(),
        status,
        code,
        detail);
  }

  /** The answer to somebody who was too fast: 429, with the time after which it may work. */
  static Response tooFast(String detail, long waitNanos) {
    long seconds = Math.max(1, (waitNanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    return Response.fromResponse(of("rate_limited", detail).toResponse())
        .header("Retry-After", seconds)
        .build();
  }

  /**
   * What JAX-RS itself refuses with, in our form: the server would fill it with a page of its own.
   * A redirection stays as it is.
   */
  static Response of(Response refusal) {
    int status = refusal.getStatus();
    if (status < 400) {
      return refusal;
    }
    return Response.fromResponse(refusal).type(MEDIA_TYPE).entity(ofStatus(status)).build();
  }

  /** What there is to say when only the status is known. */
  static Problem ofStatus(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new Problem("about:blank", title, status, code(status), title);
  }

  /** The error code that comes nearest. */
  private static String code(int status) {
    return STATUS.entrySet().stream()
        .filter(each -> each.getValue() == status)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(
            status == NOT_IMPLEMENTED ? "unsupported" : status < 500 ? "bad_request" : "internal");
  }

  Response toResponse() {
    Response.ResponseBuilder response = Response.status(status).type(MEDIA_TYPE).entity(this);
    if (status == 401) {
      response.header("WWW-Authenticate", "Bearer");
    } else if (status == 408) {
      response.header("Connection", "close");
    } else if (status == 503) {
      response.header("Retry-After", "1");
    }
    return response.build();
  }
}
