package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.command.PolicyChanges;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authority;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.PolicyExplanation;
import io.openclaw.gateway.security.PolicyReader;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/policy/explain}: {@code {"subject": {"user", "issuer", "roles", "claims",
 * "address"} or {"session"}, "action", "topic", "policy"}}. Says what is decided and by which
 * rules; with {@code policy}, the text of a proposed {@code openclaw.yaml}, by that one, and which
 * live subscriptions of this node it would change. Without {@code topic} it only says that.
 */
@ApplicationScoped
@Path("policy/explain")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {
  private static final int MAX_LONG_CHARS = 18;
  private static final Set<String> OF_A_USER = Set.of("user", "issuer", "roles", "claims");

  private final AdminCommands commands;
  private final PolicyReader reader;
  private final ArrivingBodies bodies;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public PolicyResource() {
    this(null, null, null);
  }

  @Inject
  public PolicyResource(AdminCommands commands, PolicyReader reader, ArrivingBodies bodies) {
    this.commands = commands;
    this.reader = reader;
    this.bodies = bodies;
  }

  /**
   * What was asked.
   *
   * @param explanation absent if no topic was given
   * @param changes absent if no policy was given
   */
  public record Answer(@Nullable PolicyExplanation explanation, @Nullable PolicyChanges changes) {}

  /** Explains. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Answer explain(
      @Context SecurityContext security,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body)
      throws IOException {
    Caller who = Caller.of(security.getUserPrincipal());
    BodyFields asked =
        BodyFields.of(
            RequestBody.read(bodies.read(body, length)), "subject", "action", "topic", "policy");
    AccessPolicy proposed = proposed(asked.text("policy"));
    String topic = asked.text("topic");
    if (topic == null && proposed == null) {
      throw new ProblemException("bad_request", "topic is missing, or policy, or both");
    }
    return new Answer(
        topic == null ? null : explain(who, proposed, asked, TopicPattern.of(topic)),
        proposed == null ? null : commands.changes(who, AdminCommands.POLICY, proposed));
  }

  private PolicyExplanation explain(
      Caller who, @Nullable AccessPolicy proposed, BodyFields asked, TopicPattern topic) {
    Action action = action(asked.required("action"));
    JsonObject subject = asked.object("subject");
    return commands.explain(
        who,
        AdminCommands.POLICY,
        proposed,
        subject == null ? Caller.UNKNOWN : subject(who, subject),
        action,
        topic);
  }

  private @Nullable AccessPolicy proposed(@Nullable String yaml) {
    try {
      return yaml == null ? null : reader.read(yaml);
    } catch (IllegalArgumentException e) {
      throw new ProblemException("bad_request", String.valueOf(e.getMessage()));
    }
  }

  private static Action action(String word) {
    return Arrays.stream(Action.values())
        .filter(action -> action.wire().equals(word))
        .findFirst()
        .orElseThrow(() -> new ProblemException("bad_request", "action is one of " + actions()));
  }

  private static String actions() {
    return Arrays.stream(Action.values()).map(Action::wire).collect(Collectors.joining(", "));
  }

  private Authenticated subject(Caller who, JsonObject json) {
    BodyFields fields =
        BodyFields.of(json, "session", "user", "issuer", "roles", "claims", "address");
    String session = fields.text("session");
    if (session != null) {
      return commands
          .session(who, AdminCommands.SESSIONS, session)
          .orElseThrow(() -> new ProblemException("not_found", "there is no such session here"));
    }
    boolean anonymous = Collections.disjoint(json.keySet(), OF_A_USER);
    Identity identity = anonymous ? Identity.ANONYMOUS : identity(fields, fields.required("user"));
    String address = fields.text("address");
    return new Caller(identity, address == null ? "" : address);
  }

  private static Identity identity(BodyFields fields, String user) {
    String issuer = fields.text("issuer");
    JsonObject claims = fields.object("claims");
    return new Identity(
        issuer == null ? "" : issuer,
        user,
        Set.copyOf(fields.texts("roles")),
        claims == null ? Map.of() : plain(claims),
        null,
        null,
        null,
        Authority.POLICY);
  }

  /** Claims as a token's parser gives them. */
  private static Map<String, Object> plain(JsonObject claims) {
    Map<String, Object> plain = new LinkedHashMap<>();
    claims.forEach(
        (name, value) -> {
          if (value != JsonValue.NULL) {
            plain.put(name, plain(value));
          }
        });
    return plain;
  }

  private static Object plain(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonNumber number) {
      return number.isIntegral() && number.toString().length() < MAX_LONG_CHARS
          ? (Object) number.longValue()
          : number.doubleValue();
    }
    if (value instanceof JsonArray items) {
      return items.stream()
          .filter(item -> item != JsonValue.NULL)
          .map(PolicyResource::plain)
          .toList();
    }
    return value instanceof JsonObject object ? plain(object) : value == JsonValue.TRUE;
  }
}
