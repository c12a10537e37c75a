package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
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
  @Inject private Audit audit;
  @Context private HttpServletRequest connection;

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

  private void refuse(ContainerRequestContext request, String code, String reason) {
    Caller who = new Caller(Identity.ANONYMOUS, connection.getRemoteAddr());
    audit.write(AuditEvent.REFUSED, who, "code", code, "reason", reason);
    request.abortWith(Problem.of(code, reason).toResponse());
  }

  private void identify(ContainerRequestContext request, Identity identity) {
    request.setSecurityContext(
        new IdentifiedSecurity(
            new Caller(identity, connection.getRemoteAddr()),
            request.getSecurityContext().isSecure()));
  }

  /** The caller as the container's notion of a caller. */
  private record IdentifiedSecurity(Caller caller, boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.identity().roles().contains(role);
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
