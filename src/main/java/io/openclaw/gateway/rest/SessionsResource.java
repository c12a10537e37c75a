package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.ClientSession;
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
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/sessions}: the sessions of this node, in pages; {@code GET …/{id}}: one with
 * its subscriptions; {@code DELETE …/{id}}: ends it.
 */
@ApplicationScoped
@Path("sessions")
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
  private static final int MAX_LIMIT = 1_000;
  private static final int PATIENCE_SECONDS = 5;

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

  /**
   * A page.
   *
   * @param count sessions of this node altogether
   * @param items in the order of their ids
   * @param more whether others follow: ask again with {@code after} the last id
   */
  public record Page(int count, List<Item> items, boolean more) {}

  /**
   * A session.
   *
   * @param user absent if nobody signed in
   * @param since when it was opened, in ms since the Unix epoch
   * @param expires when its token ends, likewise; absent if never
   * @param subscriptions its patterns; absent in pages
   */
  public record Item(
      String session,
      @Nullable String user,
      @Nullable String issuer,
      String address,
      long since,
      @Nullable Long expires,
      @Nullable List<String> subscriptions) {}

  /** The sessions of this node. */
  @GET
  public Page sessions(
      @Context SecurityContext security,
      @QueryParam("user") @Nullable String user,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException("bad_request", "limit is 1 to " + MAX_LIMIT);
    }
    Caller who = Caller.of(security.getUserPrincipal());
    List<ClientSession> found =
        commands.sessions(who, AdminCommands.SESSIONS, user, after, limit + 1);
    return new Page(
        commands.sessionCount(who, AdminCommands.SESSIONS),
        found.stream().limit(limit).map(session -> item(session, null)).toList(),
        found.size() > limit);
  }

  /** One session with its subscriptions. */
  @GET
  @Path("{id}")
  public Item session(@Context SecurityContext security, @PathParam("id") String id) {
    Caller who = Caller.of(security.getUserPrincipal());
    ClientSession session =
        commands.session(who, AdminCommands.SESSIONS, id).orElseThrow(() -> notFound());
    return item(session, patterns(session));
  }

  private static List<String> patterns(ClientSession session) {
    try {
      return session.patterns().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join().stream()
          .map(String::valueOf)
          .sorted()
          .toList();
    } catch (CompletionException e) {
      throw new ProblemException("unavailable", "what serves the session does not answer now");
    }
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
    return new ProblemException("not_found", "this node has no session with that id");
  }

  private static Item item(ClientSession session, @Nullable List<String> subscriptions) {
    Identity identity = session.identity();
    return new Item(
        session.id(),
        identity.isAnonymous() ? null : identity.user(),
        identity.issuer().isEmpty() ? null : identity.issuer(),
        session.address(),
        session.openedMillis(),
        identity.expiresAt() == null ? null : identity.expiresAt().toEpochMilli(),
        subscriptions);
  }
}
