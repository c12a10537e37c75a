package io.openclaw.gateway.rest;

import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.topic.IllegalTopicException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/**
 * Turns what a resource throws into a problem; a fault of ours is logged and not described. What
 * was thrown before any of our resources was reached, such as by RESTEasy for a header that it
 * cannot read, is the client's mistake.
 */
@Provider
public class Problems implements ExceptionMapper<RuntimeException> {
  private static final Logger LOGGER = System.getLogger(Problems.class.getName());
  private static final String OURS = "io.openclaw.gateway.";

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
    if (e instanceof ClusterException cluster) {
      return Problem.of("unavailable", String.valueOf(cluster.getMessage())).toResponse();
    }
    if (e instanceof WebApplicationException http) {
      return Problem.of(http.getResponse());
    }
    if (!isOurs(e)) {
      LOGGER.log(Level.DEBUG, "a request was not understood", e);
      return Problem.of("bad_request", "a header or parameter cannot be read").toResponse();
    }
    LOGGER.log(Level.ERROR, "a request failed", e);
    return Problem.of("internal", "the gateway could not do it").toResponse();
  }

  /** Every request passes our filters. A JVM may leave a trace out: then nobody knows. */
  static boolean isOurs(Exception e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0
        || Arrays.stream(trace)
            .map(StackTraceElement::getClassName)
            .anyMatch(name -> name.startsWith(OURS) && !name.endsWith("Filter"));
  }
}
