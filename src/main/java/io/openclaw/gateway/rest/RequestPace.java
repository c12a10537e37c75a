package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.security.Caller;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts each request, once it is known who asks; resources add what theirs cost. */
@Provider
@Priority(Priorities.AUTHENTICATION + 100)
public class RequestPace implements ContainerRequestFilter {
  @Inject private Pace pace;

  /** For the container, which injects the field. */
  @SuppressWarnings("NullAway.Init")
  public RequestPace() {}

  @Override
  public void filter(ContainerRequestContext request) {
    try {
      pace.take(Caller.of(request.getSecurityContext().getUserPrincipal()), Cost.SIMPLE);
    } catch (ProblemException e) {
      request.abortWith(e.toResponse());
    }
  }
}
