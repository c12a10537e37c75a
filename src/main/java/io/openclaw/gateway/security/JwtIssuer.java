package io.openclaw.gateway.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody whose tokens are accepted, and how they are read.
 *
 * @param name the {@code iss} that tokens must have; empty: not checked, which takes the tokens of
 *     every issuer that has no settings of its own
 * @param keys what they are verified with
 * @param algorithms what they may be signed with; empty: all that the keys can be used for
 * @param audiences of which {@code aud} must have one; empty: not checked
 * @param clockSkew how far the issuer's clock may be off
 * @param userClaim claim with the user's name, a path as in {@link Identity#claim}
 * @param rolesClaims claims with roles, together: arrays of texts, or texts with spaces between
 */
public record JwtIssuer(
    String name,
    JwtKeys keys,
    Set<String> algorithms,
    List<String> audiences,
    Duration clockSkew,
    String userClaim,
    List<String> rolesClaims) {
  /**
   * No name and no keys, so nobody can sign in; 30 seconds of skew, as clocks without NTP drift.
   */
  public static final JwtIssuer NOBODY =
      new JwtIssuer(
          "", JwtKeys.NONE, Set.of(), List.of(), Duration.ofSeconds(30), "sub", List.of("roles"));

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if a value is out of range, or an algorithm does not belong to
   *     the keys
   */
  public JwtIssuer {
    algorithms = Set.copyOf(algorithms);
    audiences = List.copyOf(audiences);
    rolesClaims = List.copyOf(rolesClaims);
    if (name.equals(Identity.API_KEYS)) {
      throw new IllegalArgumentException("an issuer cannot have the name " + name);
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("clock-skew is 0s to 10m");
    }
    if (userClaim.isBlank() || rolesClaims.isEmpty() || isAnyBlank(rolesClaims)) {
      throw new IllegalArgumentException("user-claim and roles-claim name a claim");
    }
    checkAlgorithms(keys, algorithms);
  }

  private static boolean isAnyBlank(List<String> texts) {
    return texts.stream().anyMatch(String::isBlank);
  }

  private static void checkAlgorithms(JwtKeys keys, Set<String> algorithms) {
    Set<String> unfit = new TreeSet<>(algorithms);
    unfit.removeAll(keys.algorithms());
    if (!unfit.isEmpty() && !(keys instanceof JwtKeys.None)) {
      throw new IllegalArgumentException(
          "the keys cannot be used for "
              + String.join(", ", unfit)
              + "; allowed is "
              + String.join(", ", new TreeSet<>(keys.algorithms())));
    }
  }

  /** The algorithms that count. */
  Set<String> accepted() {
    return algorithms.isEmpty() ? keys.algorithms() : algorithms;
  }
}
