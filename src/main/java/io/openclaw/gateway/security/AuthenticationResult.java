package io.openclaw.gateway.security;

/** What became of a token. */
public sealed interface AuthenticationResult {
  /** It is good. */
  record Authenticated(Identity identity) implements AuthenticationResult {}

  /**
   * It is not, or cannot be checked now.
   *
   * @param reason in words fit for whoever showed it; never quotes the token
   * @param retry whether the same token may be good later: its keys could not be fetched
   */
  record Refused(String reason, boolean retry) implements AuthenticationResult {}
}
