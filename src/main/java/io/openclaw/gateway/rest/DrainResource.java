package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.DrainCommands;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Locale;

/**
 * {@code GET /api/v1/drain}: whether this node is in service; {@code POST}: takes it out; {@code
 * DELETE}: puts it back. Both answer at once, with where it stands.
 */
@ApplicationScoped
@Path("drain")
@Produces(MediaType.APPLICATION_JSON)
public class DrainResource {
  private final DrainCommands commands;
  private final Sessions sessions;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public DrainResource() {
    this(null, null);
  }

  @Inject
  public DrainResource(DrainCommands commands, Sessions sessions) {
    this.commands = commands;
    this.sessions = sessions;
  }

  /**
   * Where a node stands.
   *
   * @param node which: a load balancer may have chosen another one than was meant
   * @param state {@code serving}, {@code announced}, {@code leaving} or {@code drained}
   * @param sessions that it has now
   */
  public record Standing(String node, String state, int sessions) {}

  /** Where this node stands. */
  @GET
  public Standing standing(@Context SecurityContext security) {
    Caller who = Caller.of(security.getUserPrincipal());
    String state = commands.state(who, DrainCommands.DRAIN).name().toLowerCase(Locale.ROOT);
    return new Standing(sessions.node(), state, sessions.count());
  }

  /** Begins. */
  @POST
  public Standing begin(@Context SecurityContext security) {
    commands.begin(Caller.of(security.getUserPrincipal()), DrainCommands.DRAIN);
    return standing(security);
  }

  /** Takes it back. */
  @DELETE
  public Standing takeBack(@Context SecurityContext security) {
    if (!commands.takeBack(Caller.of(security.getUserPrincipal()), DrainCommands.DRAIN)) {
      throw new ProblemException("conflict", "this node ends; it cannot go back into service");
    }
    return standing(security);
  }
}
