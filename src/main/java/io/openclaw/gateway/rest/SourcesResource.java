package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.SourceCommands;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.SourceRegistry.Running;
import io.openclaw.gateway.source.SourceState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/sources}: the sources of this node; {@code GET …/{name}}: one; {@code PUT
 * …/{name}} and {@code DELETE …/{name}}: add, change and remove; {@code POST …/{name}/pause} and
 * {@code …/resume}. Names are as in {@code kafka:orders}.
 */
@ApplicationScoped
@Path("sources")
@Produces(MediaType.APPLICATION_JSON)
public class SourcesResource {
  private final SourceCommands commands;
  private final ArrivingBodies bodies;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public SourcesResource() {
    this(null, null);
  }

  @Inject
  public SourcesResource(SourceCommands commands, ArrivingBodies bodies) {
    this.commands = commands;
    this.bodies = bodies;
  }

  /**
   * A source.
   *
   * @param state {@code starting}, {@code up}, {@code standby}, {@code paused}, {@code down} or
   *     {@code stopped}
   * @param reason why it is down, or what is odd; absent if there is nothing to say
   * @param required whether the gateway is not ready while it is down
   * @param lag what waits at its neighbour; absent if nobody can tell
   * @param accepted events that went into the log since it was started, and so on
   */
  public record Item(
      String source,
      String state,
      @Nullable String reason,
      boolean required,
      @Nullable Waiting lag,
      long accepted,
      long duplicates,
      long deadLettered,
      long skipped,
      long failures) {}

  /**
   * A lag.
   *
   * @param unit {@code events} or {@code bytes}
   */
  public record Waiting(long amount, String unit) {}

  /** The sources of this node. */
  @GET
  public List<Item> sources(@Context SecurityContext security) {
    Caller who = Caller.of(security.getUserPrincipal());
    return commands.sources(who, SourceCommands.SOURCES).stream()
        .map(SourcesResource::item)
        .toList();
  }

  /** One source. */
  @GET
  @Path("{name}")
  public Item source(@Context SecurityContext security, @PathParam("name") String name) {
    Caller who = Caller.of(security.getUserPrincipal());
    return commands
        .source(who, SourceCommands.SOURCES, name)
        .map(SourcesResource::item)
        .orElseThrow(SourcesResource::notFound);
  }

  /** Pauses a source of this node until it is resumed, changed or started again. */
  @POST
  @Path("{name}/pause")
  public Item pause(@Context SecurityContext security, @PathParam("name") String name) {
    return pause(security, name, true);
  }

  /** Lets a source go on. */
  @POST
  @Path("{name}/resume")
  public Item resume(@Context SecurityContext security, @PathParam("name") String name) {
    return pause(security, name, false);
  }

  private Item pause(SecurityContext security, String name, boolean paused) {
    Caller who = Caller.of(security.getUserPrincipal());
    try {
      if (!commands.pause(who, SourceCommands.SOURCES, name, paused)) {
        throw notFound();
      }
    } catch (UnsupportedOperationException e) {
      throw new ProblemException("conflict", String.valueOf(e.getMessage()));
    }
    return source(security, name);
  }

  /** Adds a source, or changes one that was added: its settings as in {@code openclaw.yaml}. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Item put(
      @Context SecurityContext security,
      @PathParam("name") String name,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body)
      throws IOException {
    Caller who = Caller.of(security.getUserPrincipal());
    if (!(RequestBody.read(bodies.read(body, length)) instanceof JsonObject json)) {
      throw new ProblemException("bad_request", "the body is a JSON object");
    }
    try {
      commands.put(who, SourceCommands.SOURCES, name, json);
    } catch (IllegalArgumentException e) {
      throw new ProblemException("bad_request", String.valueOf(e.getMessage()));
    }
    return source(security, name);
  }

  /** Removes a source that was added. */
  @DELETE
  @Path("{name}")
  public void remove(@Context SecurityContext security, @PathParam("name") String name) {
    Caller who = Caller.of(security.getUserPrincipal());
    try {
      if (!commands.remove(who, SourceCommands.SOURCES, name)) {
        throw notFound();
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException("bad_request", String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException notFound() {
    return new ProblemException("not_found", "this node has no source with that name");
  }

  private static Item item(Running running) {
    SourceState state = running.source().state();
    Counts counts = running.source().counts();
    return new Item(
        running.name(),
        state.status().name().toLowerCase(Locale.ROOT),
        state.reason().isEmpty() ? null : state.reason(),
        running.settings().options().required(),
        running.source().lag().map(SourcesResource::waiting).orElse(null),
        counts.accepted(),
        counts.duplicates(),
        counts.deadLettered(),
        counts.skipped(),
        counts.failures());
  }

  private static Waiting waiting(Lag lag) {
    return new Waiting(lag.amount(), lag.unit().name().toLowerCase(Locale.ROOT));
  }
}
