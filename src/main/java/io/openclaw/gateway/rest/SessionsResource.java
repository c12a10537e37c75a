package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.fleet.SessionPage;
import io.openclaw.gateway.fleet.SessionView;
import io.openclaw.gateway.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/sessions}: the sessions of all nodes, in pages; {@code GET …/{id}}: one with
 * its subscriptions; {@code DELETE …/{id}}: ends it.
 */
@ApplicationScoped
@Path("sessions")
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
  private static final int MAX_LIMIT = 1_000;

  private final AdminCommands commands;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public SessionsResource() {
    this(null);
  }

  @Inject
  public SessionsResource(AdminCommands commands) {
    this.commands = commands;
  }

  /** The sessions of all nodes. */
  @GET
  public SessionPage sessions(
      @Context SecurityContext security,
      @QueryParam("user") @Nullable String user,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException("bad_request", "limit is 1 to " + MAX_LIMIT);
    }
    Caller who = Caller.of(security.getUserPrincipal());
    return commands.sessions(who, AdminCommands.SESSIONS, user, after, limit);
  }

  /** One session with its subscriptions. */
  @GET
  @Path("{id}")
  public SessionView session(@Context SecurityContext security, @PathParam("id") String id) {
    Caller who = Caller.of(security.getUserPrincipal());
    return commands
        .sessionView(who, AdminCommands.SESSIONS, id)
        .orElseThrow(SessionsResource::notFound);
  }

  /** Ends a session. */
  @DELETE
  @Path("{id}")
  public void end(@Context SecurityContext security, @PathParam("id") String id) {
    Caller who = Caller.of(security.getUserPrincipal());
    if (!commands.disconnect(who, AdminCommands.SESSIONS, id)) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException("not_found", "there is no session with that id");
  }
}
