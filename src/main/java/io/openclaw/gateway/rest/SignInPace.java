package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.AddressLimits;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Looks at no credentials from an address that too many bad ones came from, and counts the bad
 * ones: each request that had some and was answered 401.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
public class SignInPace implements ContainerRequestFilter, ContainerResponseFilter {
  private static final int UNAUTHORIZED = 401;

  @Inject private AddressLimits limits;
  @Context private HttpServletRequest connection;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public SignInPace() {}

  @Override
  public void filter(ContainerRequestContext request) {
    long wait = hasCredentials(request) ? limits.signIn(connection.getRemoteAddr()) : 0;
    if (wait > 0) {
      request.abortWith(Problem.tooFast("too many bad tokens from this address", wait));
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == UNAUTHORIZED && hasCredentials(request)) {
      limits.signInFailed(connection.getRemoteAddr());
    }
  }

  private static boolean hasCredentials(ContainerRequestContext request) {
    return request.getHeaderString(HttpHeaders.AUTHORIZATION) != null;
  }
}
