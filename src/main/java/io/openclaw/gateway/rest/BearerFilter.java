package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Identity;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/**
 * Finds out who asks: {@code Authorization: Bearer} and nothing else, because a cookie would go
 * along with requests from other pages. A token that is no good ends the request; none means
 * nobody.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerFilter implements ContainerRequestFilter {
  private static final String BEARER = "bearer ";

  @Inject private Authenticator authenticator;

  /** For the container, which injects the field. */
  @SuppressWarnings("NullAway.Init")
  public BearerFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString("Authorization");
    if (header == null) {
      identify(request, Identity.ANONYMOUS);
    } else if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      refuse(request, "unauthorized", "the Authorization header is: Bearer <token>");
    } else {
      authenticate(request, header.substring(BEARER.length()).trim());
    }
  }

  private void authenticate(ContainerRequestContext request, String token) {
    AuthenticationResult result = authenticator.authenticate(token);
    if (result instanceof AuthenticationResult.Authenticated authenticated) {
      identify(request, authenticated.identity());
    } else if (result instanceof AuthenticationResult.Refused refused) {
      refuse(request, refused.retry() ? "unavailable" : "unauthorized", refused.reason());
    }
  }

  private static void refuse(ContainerRequestContext request, String code, String reason) {
    request.abortWith(Problem.of(code, reason).toResponse());
  }

  private static void identify(ContainerRequestContext request, Identity identity) {
    request.setSecurityContext(
        new IdentifiedSecurity(identity, request.getSecurityContext().isSecure()));
  }

  /** Who asks, as the filter found out. */
  static Identity identity(SecurityContext security) {
    return security.getUserPrincipal() instanceof Identity identity ? identity : Identity.ANONYMOUS;
  }

  /** The identity as the container's notion of a caller. */
  private record IdentifiedSecurity(Identity identity, boolean isSecure)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return identity;
    }

    @Override
    public boolean isUserInRole(String role) {
      return identity.roles().contains(role);
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
