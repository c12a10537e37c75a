package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.ClientCommands;
import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/publish}: one event {@code {topic, data, key?, eventId?}}, an array of them,
 * or CloudEvents 1.0 in structured or batch form.
 *
 * <p>One event is answered by {@code {epoch, offset}} or a problem. An array is answered by an
 * array in the same order with either for each: 200 if all were published, 207 if some were not. An
 * event on a topic that is forwarded is answered when it has arrived there.
 */
@ApplicationScoped
@Path("publish")
@Produces(MediaType.APPLICATION_JSON)
public class PublishResource {
  private static final int MULTI_STATUS = 207;

  private final ClientCommands commands;
  private final RestSettings settings;
  private final Pace pace;
  private final ArrivingBodies bodies;
  private final Waits waits;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public PublishResource() {
    this(null, null, null, null, null);
  }

  @Inject
  public PublishResource(
      ClientCommands commands,
      RestSettings settings,
      Pace pace,
      ArrivingBodies bodies,
      Waits waits) {
    this.commands = commands;
    this.settings = settings;
    this.pace = pace;
    this.bodies = bodies;
    this.waits = waits;
  }

  /** Where a publication went. */
  public record Answer(String epoch, long offset) {}

  /** Publishes what the body says. */
  @POST
  @Consumes({
    MediaType.APPLICATION_JSON,
    "application/cloudevents+json",
    "application/cloudevents-batch+json"
  })
  public Response publish(
      @Context SecurityContext security,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body)
      throws IOException {
    Caller who = Caller.of(security.getUserPrincipal());
    EventForm form = EventForm.of(contentType);
    JsonStructure json = RequestBody.read(bodies.read(body, length));
    if (json instanceof JsonObject object) {
      pace.take(who, Cost.PUBLISH);
      Object outcome = waits.of(List.of(publishOne(who, form, object))).get(0);
      return outcome instanceof Problem problem
          ? problem.toResponse()
          : Response.ok(outcome).build();
    }
    return publishAll(who, form, json.asJsonArray());
  }

  private Response publishAll(Caller who, EventForm form, JsonArray events) {
    if (events.size() > settings.maxEvents()) {
      throw new ProblemException(
          "too_large", "a request has at most " + settings.maxEvents() + " events");
    }
    pace.take(who, Cost.PUBLISH * events.size());
    List<CompletableFuture<Object>> begun = new ArrayList<>(events.size());
    for (JsonValue event : events) {
      begun.add(
          event instanceof JsonObject object
              ? publishOne(who, form, object)
              : done(Problem.of("bad_request", "an event is a JSON object")));
    }
    List<Object> outcomes = waits.of(begun);
    boolean allWell = outcomes.stream().noneMatch(Problem.class::isInstance);
    return Response.status(allWell ? 200 : MULTI_STATUS).entity(outcomes).build();
  }

  /** An {@link Answer} or a {@link Problem}. */
  private CompletableFuture<Object> publishOne(Caller who, EventForm form, JsonObject json) {
    try {
      SourceEvent event = form.read(json);
      TopicName topic = TopicName.of(event.topic());
      return commands.publish(who, topic, event).handle(PublishResource::outcome);
    } catch (ProblemException e) {
      return done(e.problem());
    } catch (IllegalTopicException e) {
      return done(Problem.of("bad_request", String.valueOf(e.getMessage())));
    } catch (AccessDeniedException e) {
      return done(Problem.of(e.code(), String.valueOf(e.getMessage())));
    }
  }

  private static CompletableFuture<Object> done(Problem problem) {
    return CompletableFuture.completedFuture(problem);
  }

  private static Object outcome(@Nullable IngestResult result, @Nullable Throwable failure) {
    UnansweredException unanswered = failure == null ? null : UnansweredException.in(failure);
    if (unanswered != null) {
      return Problem.of(unanswered.code(), String.valueOf(unanswered.getMessage()));
    }
    if (result == null) {
      throw new IllegalStateException(failure);
    }
    return answer(result);
  }

  private static Object answer(IngestResult result) {
    if (result instanceof IngestResult.Rejected rejected) {
      return Problem.of(rejected.code(), rejected.reason());
    }
    Position position =
        result instanceof IngestResult.Published published
            ? published.position()
            : ((IngestResult.Duplicate) result).position();
    return new Answer(position.epoch(), position.offset());
  }
}
