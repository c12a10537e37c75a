package io.openclaw.gateway.security;

/**
 * Which tokens are accepted, besides those of the issuers in {@link Trust}.
 *
 * @param issuer whose
 * @param maxTokenChars a longer token is refused unread, whoever issued it
 */
public record JwtSettings(JwtIssuer issuer, int maxTokenChars) {
  /** Nobody's; up to 16 Ki characters, more than the servers' header limits let through. */
  public static final JwtSettings DEFAULT = new JwtSettings(JwtIssuer.NOBODY, 16 << 10);

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public JwtSettings {
    if (maxTokenChars < 1) {
      throw new IllegalArgumentException("max-token-chars is above 0");
    }
  }
}
