package io.openclaw.gateway.security;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That something shown to sign in counts no more, though it has not ended.
 *
 * @param kind what {@code value} names
 * @param value the token's {@code jti}, the user's name or the role
 * @param issuer only of this issuer, or null: of any
 * @param at what was issued up to this second is meant
 * @param until when it is forgotten
 */
public record Revocation(
    Kind kind, String value, @Nullable String issuer, Instant at, Instant until) {
  /** What is revoked. */
  public enum Kind {
    /** One token. */
    TOKEN,
    /** All of a user's tokens, or an API key. */
    USER,
    /** The tokens of all who have a role. */
    ROLE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The word on the wire, {@code token}. */
    public String wire() {
      return wire;
    }
  }

  /**
   * @throws IllegalArgumentException if the value is blank
   */
  public Revocation {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a revocation names a token, a user or a role");
    }
  }

  /** Whom it speaks of; a newer one with the same key takes its place. */
  record Key(Kind kind, String value, @Nullable String issuer) {}

  Key key() {
    return new Key(kind, value, issuer);
  }

  /** Without the time of issue, or issued in the same second, something counts as issued before. */
  boolean covers(Identity identity, Instant now) {
    if (!until.isAfter(now)) {
      return false;
    }
    return kind == Kind.TOKEN
        || !(identity.claims().get("iat") instanceof Number issued)
        || issued.longValue() <= at.getEpochSecond();
  }
}
