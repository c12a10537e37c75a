package io.openclaw.gateway.security;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are accepted and how they are read.
 *
 * @param keys what they are verified with
 * @param issuer the {@code iss} they must have, or null: not checked
 * @param audiences of which {@code aud} must have one; empty: not checked
 * @param clockSkew how far the issuer's clock may be off
 * @param userClaim claim with the user's name, a path as in {@link Identity#claim}
 * @param rolesClaim claim with the roles: an array of texts, or one text with spaces between
 * @param maxTokenChars a longer token is refused unread
 */
public record JwtSettings(
    JwtKeys keys,
    @Nullable String issuer,
    List<String> audiences,
    Duration clockSkew,
    String userClaim,
    String rolesClaim,
    int maxTokenChars) {
  /**
   * No keys, so nobody can sign in; 30 seconds of skew, as clocks without NTP drift; tokens up to
   * 16 Ki characters, more than the servers' header limits let through.
   */
  public static final JwtSettings DEFAULT =
      new JwtSettings(
          JwtKeys.NONE, null, List.of(), Duration.ofSeconds(30), "sub", "roles", 16 << 10);

  /**
   * Copies the audiences.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public JwtSettings {
    audiences = List.copyOf(audiences);
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("clock-skew is 0s to 10m");
    }
    if (userClaim.isBlank() || rolesClaim.isBlank()) {
      throw new IllegalArgumentException("user-claim and roles-claim name a claim");
    }
    if (maxTokenChars < 1) {
      throw new IllegalArgumentException("max-token-chars is above 0");
    }
  }
}
