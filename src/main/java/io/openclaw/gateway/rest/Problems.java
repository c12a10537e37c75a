package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.topic.IllegalTopicException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Turns what a resource throws into a problem; a fault of ours is logged and not described. */
@Provider
public class Problems implements ExceptionMapper<RuntimeException> {
  private static final Logger LOGGER = System.getLogger(Problems.class.getName());

  @Override
  public Response toResponse(RuntimeException e) {
    if (e instanceof ProblemException known) {
      return known.toResponse();
    }
    if (e instanceof AccessDeniedException denied) {
      return Problem.of(denied.code(), String.valueOf(denied.getMessage())).toResponse();
    }
    if (e instanceof IllegalTopicException illegal) {
      return Problem.of("bad_request", String.valueOf(illegal.getMessage())).toResponse();
    }
    if (e instanceof WebApplicationException http) {
      return Problem.of(http.getResponse());
    }
    LOGGER.log(Level.ERROR, "a request failed", e);
    return Problem.of("internal", "the gateway could not do it").toResponse();
  }
}
