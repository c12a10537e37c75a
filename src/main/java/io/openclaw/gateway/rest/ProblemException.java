package io.openclaw.gateway.rest;

import jakarta.ws.rs.core.Response;

/** Ends a request with a problem; caught by {@link Problems}. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final long waitNanos;

  ProblemException(String code, String detail) {
    this(code, detail, 0);
  }

  private ProblemException(String code, String detail, long waitNanos) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail);
    this.waitNanos = waitNanos;
  }

  /** Ends a request with 429. */
  static ProblemException tooFast(String detail, long waitNanos) {
    return new ProblemException("rate_limited", detail, waitNanos);
  }

  Problem problem() {
    return problem;
  }

  Response toResponse() {
    return waitNanos > 0 ? Problem.tooFast(problem.detail(), waitNanos) : problem.toResponse();
  }
}
