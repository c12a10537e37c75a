package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Revocation;
import io.openclaw.gateway.security.Revocation.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/revocations}: {@code {"token": jti}}, {@code {"user": name}} or {@code
 * {"role": name}}, each with an {@code issuer} or for all, counts from now on and ends the sessions
 * concerned; {@code GET}: those that count.
 */
@ApplicationScoped
@Path("revocations")
@Produces(MediaType.APPLICATION_JSON)
public class RevocationsResource {
  private final AdminCommands commands;
  private final ArrivingBodies bodies;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public RevocationsResource() {
    this(null, null);
  }

  @Inject
  public RevocationsResource(AdminCommands commands, ArrivingBodies bodies) {
    this.commands = commands;
    this.bodies = bodies;
  }

  /** How many sessions were ended. */
  public record Answer(int sessions) {}

  /** A revocation; times in ms since the Unix epoch. */
  public record Item(String kind, String value, @Nullable String issuer, long at, long until) {}

  /** Those that count. */
  @GET
  public List<Item> revocations(@Context SecurityContext security) {
    Caller who = Caller.of(security.getUserPrincipal());
    return commands.revocations(who, AdminCommands.REVOCATIONS).stream()
        .map(RevocationsResource::item)
        .toList();
  }

  private static Item item(Revocation each) {
    return new Item(
        each.kind().wire(),
        each.value(),
        each.issuer(),
        each.at().toEpochMilli(),
        each.until().toEpochMilli());
  }

  /** Revokes. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Answer revoke(
      @Context SecurityContext security,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body)
      throws IOException {
    BodyFields fields =
        BodyFields.of(
            RequestBody.read(bodies.read(body, length)), "token", "user", "role", "issuer");
    Kind kind = kind(fields.json());
    return commands
        .revoke(
            Caller.of(security.getUserPrincipal()),
            AdminCommands.REVOCATIONS,
            kind,
            fields.required(kind.wire()),
            fields.text("issuer"))
        .map(Answer::new)
        .orElseThrow(
            () -> new ProblemException("unavailable", "there are too many revocations already"));
  }

  private static Kind kind(JsonObject json) {
    List<Kind> named =
        Stream.of(Kind.values()).filter(kind -> json.containsKey(kind.wire())).toList();
    if (named.size() != 1) {
      throw new ProblemException("bad_request", "one of token, user and role is named");
    }
    return named.get(0);
  }
}
