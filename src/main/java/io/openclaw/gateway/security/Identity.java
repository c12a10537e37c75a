package io.openclaw.gateway.security;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a session or a request acts for: what a verified token said. Immutable. {@code toString}
 * shows the user and nothing of the claims.
 *
 * @param user the user's name; empty for {@link #ANONYMOUS} alone
 * @param roles the roles, possibly none
 * @param claims all claims of the token; nested maps and lists are immutable copies
 * @param tokenId the token's {@code jti}, or null
 * @param expiresAt when the token ends by its own word, or null: never
 * @param acceptedUntil when it is taken no more: the clock skew later, or null: never
 */
public record Identity(
    String user,
    Set<String> roles,
    Map<String, Object> claims,
    @Nullable String tokenId,
    @Nullable Instant expiresAt,
    @Nullable Instant acceptedUntil) {

  /** Somebody who showed no token. */
  public static final Identity ANONYMOUS = new Identity("", Set.of(), Map.of(), null, null, null);

  /** Copies roles and claims, nested ones included; null values among the claims are left out. */
  public Identity {
    roles = Set.copyOf(roles);
    claims = Claims.copyOf(claims);
  }

  /** Without a clock skew: {@code acceptedUntil} is {@code expiresAt}. */
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
