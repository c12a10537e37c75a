package io.openclaw.gateway.security;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a session or a request acts for: what a verified token said, or whom an API key belongs to.
 * The same name from two issuers is two users: only {@code issuer} and {@code user} together name
 * one. Immutable. {@code toString} shows the user and nothing of the claims.
 *
 * @param issuer the configured issuer whose keys verified the token, or {@link #API_KEYS}; empty
 *     for the issuer that was configured without a name, and for nobody
 * @param user the user's name; empty for {@link #ANONYMOUS} alone
 * @param roles the roles, possibly none
 * @param claims all claims of the token; nested maps and lists are immutable copies
 * @param tokenId the token's {@code jti}, or null; of an API key, the beginning of its hash
 * @param expiresAt when the token ends by its own word, or null: never
 * @param acceptedUntil when it is taken no more: the clock skew later, or null: never
 * @param authority where its grants come from
 */
public record Identity(
    String issuer,
    String user,
    Set<String> roles,
    Map<String, Object> claims,
    @Nullable String tokenId,
    @Nullable Instant expiresAt,
    @Nullable Instant acceptedUntil,
    Authority authority) {

  /** The issuer of those who showed an API key; no token can have it. */
  public static final String API_KEYS = "openclaw:api-keys";

  /** Somebody who showed no token. */
  public static final Identity ANONYMOUS = new Identity("", Set.of(), Map.of(), null, null, null);

  /** Copies roles and claims, nested ones included; null values among the claims are left out. */
  public Identity {
    roles = Set.copyOf(roles);
    claims = Claims.copyOf(claims);
  }

  /** Of the issuer without a name, whose grants come from the policy. */
  public Identity(
      String user,
      Set<String> roles,
      Map<String, Object> claims,
      @Nullable String tokenId,
      @Nullable Instant expiresAt,
      @Nullable Instant acceptedUntil) {
    this("", user, roles, claims, tokenId, expiresAt, acceptedUntil, Authority.POLICY);
  }

  /** The same without a clock skew: {@code acceptedUntil} is {@code expiresAt}. */
  public Identity(
      String user,
      Set<String> roles,
      Map<String, Object> claims,
      @Nullable String tokenId,
      @Nullable Instant expiresAt) {
    this(user, roles, claims, tokenId, expiresAt, expiresAt);
  }

  /** Whether nobody signed in. */
  public boolean isAnonymous() {
    return user.isEmpty();
  }

  /** What it is counted under: the user of its issuer, whose name has no blank; empty: nobody. */
  public String countingKey() {
    return isAnonymous() ? "" : issuer + ' ' + user;
  }

  /**
   * The claim at {@code path}: a claim's name, or names joined by dots that lead through nested
   * objects ({@code org.unit}); a claim with exactly that name goes first.
   */
  public Optional<Object> claim(String path) {
    return Optional.ofNullable(Claims.find(claims, path));
  }

  @Override
  public String toString() {
    return isAnonymous() ? "Identity[anonymous]" : "Identity[" + user + "]";
  }
}
