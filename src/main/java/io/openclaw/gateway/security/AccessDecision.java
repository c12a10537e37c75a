package io.openclaw.gateway.security;

/** The answer of the access policy. */
public sealed interface AccessDecision {
  /** Yes. */
  AccessDecision GRANTED = new Granted();

  /** Whether it is a yes. */
  boolean granted();

  /** Yes. */
  record Granted() implements AccessDecision {
    @Override
    public boolean granted() {
      return true;
    }
  }

  /**
   * No.
   *
   * @param code {@code unauthorized} if signing in could help, else {@code forbidden}
   * @param message what was refused, in words fit for whoever asked
   */
  record Refused(String code, String message) implements AccessDecision {
    @Override
    public boolean granted() {
      return false;
    }
  }
}
