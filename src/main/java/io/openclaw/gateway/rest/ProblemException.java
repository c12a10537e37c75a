package io.openclaw.gateway.rest;

/** Ends a request with a problem; caught by {@link Problems}. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(String code, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail);
  }

  Problem problem() {
    return problem;
  }
}
