package io.openclaw.gateway.security;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and from where: what a request's principal is once it has passed the filters.
 *
 * @param identity who it is, or {@link Identity#ANONYMOUS}
 * @param address the client's IP address as text, without a port; empty if it is not known
 */
public record Caller(Identity identity, String address) implements Principal, Authenticated {
  /** Nobody, from nowhere. */
  public static final Caller UNKNOWN = new Caller(Identity.ANONYMOUS, "");

  /** The caller that a filter made the principal, or {@link #UNKNOWN} if none did. */
  public static Caller of(@Nullable Principal principal) {
    return principal instanceof Caller caller ? caller : UNKNOWN;
  }

  /** The user's name; empty if anonymous. */
  @Override
  public String getName() {
    return identity.user();
  }
}
