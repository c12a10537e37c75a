package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.hook.HookOutcome;
import io.openclaw.gateway.hook.HookRequest;
import io.openclaw.gateway.hook.Hooks;
import io.openclaw.gateway.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /api/v1/hooks/NAME}: what others send when something happens there. The hook itself
 * says who may. 202 when the event is in the log; 503 if it should come again.
 */
@ApplicationScoped
@Path("hooks/{name}")
public class HooksResource {
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Hooks hooks;
  private final Pace pace;
  private final ArrivingBodies bodies;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public HooksResource() {
    this(null, null, null);
  }

  @Inject
  public HooksResource(Hooks hooks, Pace pace, ArrivingBodies bodies) {
    this.hooks = hooks;
    this.pace = pace;
    this.bodies = bodies;
  }

  /** Takes a request of any content. */
  @POST
  public Response receive(
      @Context SecurityContext security,
      @Context HttpHeaders headers,
      @PathParam("name") String name,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body)
      throws IOException {
    Caller who = Caller.of(security.getUserPrincipal());
    pace.take(who, Cost.PUBLISH);
    HookRequest request = new HookRequest(who.getName(), plain(headers), bodies.read(body, length));
    HookOutcome outcome =
        hooks
            .find(name)
            .orElseThrow(() -> new ProblemException("not_found", "there is no such hook"))
            .receive(request);
    return outcome instanceof HookOutcome.Refused refused
        ? Problem.of(refused.code(), refused.reason()).toResponse()
        : Response.accepted().build();
  }

  private static Map<String, String> plain(HttpHeaders headers) {
    return headers.getRequestHeaders().entrySet().stream()
        .filter(header -> !CREDENTIALS.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .collect(
            Collectors.toMap(
                header -> header.getKey().toLowerCase(Locale.ROOT),
                header -> String.join(", ", header.getValue()),
                (first, second) -> first + ", " + second));
  }
}
