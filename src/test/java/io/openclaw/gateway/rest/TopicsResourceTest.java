package io.openclaw.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.command.ClientCommands;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.forward.Publisher;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.presence.PresenceSettings;
import io.openclaw.gateway.request.RequestSettings;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.Services;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.security.RequestLimits;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicRules;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsResourceTest {
  private final MemoryTopicLog log =
      new MemoryTopicLog("e1", LogSettings.DEFAULT, new ManualTime());
  private final MemoryTopicLog other =
      new MemoryTopicLog("e2", LogSettings.DEFAULT, new ManualTime());
  private final Spaces spaces =
      Spaces.of(
          new SpaceSettings(Map.of("iot", List.of("iot"))),
          name -> name.equals(Space.DEFAULT) ? log : other);
  private final Ingest ingest = new Ingest(spaces, IngestSettings.DEFAULT);
  private final TopicsResource resource =
      new TopicsResource(
          new ClientCommands(
              Publisher.straight(ingest),
              spaces,
              new TopicRules(List.of()),
              new Services(List.of()),
              new Requests(
                  RequestSettings.DEFAULT,
                  new Provenance(List.of()),
                  new Deadlines(System::nanoTime),
                  () -> ""),
              new Presence(
                  "n",
                  PresenceSettings.DEFAULT,
                  new TopicRules(List.of()),
                  spaces,
                  new ManualTime())),
          spaces,
          RestSettings.DEFAULT,
          new Pace(
              new RequestLimits(CurrentLimits.only(Limits.DEFAULT), 10, System::nanoTime),
              new Audit(Clock.systemUTC(), 10)),
          new NoAdministrators());

  private static final class NoAdministrators extends AdminCommands {}

  @BeforeEach
  void publish() {
    for (int i = 1; i <= 5; i++) {
      ingest.publish(
          new SourceEvent("a", null, new Payload.Json(String.valueOf(i)), false, null, null));
    }
  }

  private List<Integer> history(int limit, @Nullable String since, @Nullable String before) {
    JsonObject page =
        RecordingTransport.parse(resource.history(new Nobody(), "a", limit, since, before, false))
            .get(0);
    return page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(item -> item.getInt("offset"))
        .toList();
  }

  @Test
  void givesCurrentValuesWithThePositionAtWhichTheyWereCurrent() {
    assertEquals(
        "{\"epoch\":\"e1\",\"offset\":5,\"values\":["
            + "{\"topic\":\"a\",\"offset\":5,\"time\":1700000000000,\"data\":5}]}",
        resource.values(new Nobody(), "a"));
  }

  @Test
  void givesThePastSinceAPositionAndBeforeAnother() {
    assertEquals(List.of(3, 4), history(100, "e1:2", "e1:5"));
    assertEquals(List.of(3, 4), history(100, "2", "5"));
  }

  @Test
  void aPositionOfAnotherEpochBoundsNothing() {
    assertEquals(List.of(1, 2, 3, 4, 5), history(100, "e0:4", null));
    assertEquals(List.of(1, 2, 3, 4, 5), history(100, null, "e0:2"));
  }

  @Test
  void aPositionCountsInTheSpaceOfTheTopic() {
    for (int i = 0; i < 3; i++) {
      ingest.publish(new SourceEvent("iot/1", null, new Payload.Json("1"), false, null, null));
    }
    String page = resource.history(new Nobody(), "iot/1", 100, "e2:2", null, false);
    JsonObject parsed = RecordingTransport.parse(page).get(0);
    assertEquals("e2", parsed.getString("epoch"));
    assertEquals(1, parsed.getJsonArray("items").size());
  }

  @Test
  void saysIfTopicsOfOtherSpacesMatchToo() {
    assertTrue(resource.history(new Nobody(), "#", 9, null, null, false).contains("\"narrowed\""));
    assertTrue(resource.values(new Nobody(), "+").endsWith(",\"narrowed\":true}"));
    assertFalse(resource.values(new Nobody(), "iot/#").contains("narrowed"));
    assertFalse(resource.history(new Nobody(), "a", 9, null, null, false).contains("narrowed"));
  }

  @Test
  void saysIfThereIsMore() {
    String page = resource.history(new Nobody(), "a", 2, null, null, true);
    assertEquals(true, RecordingTransport.parse(page).get(0).getBoolean("more"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "e1:", "e1:x", "e1:99999999999999999999"})
  void refusesWhatIsNoPosition(String since) {
    assertThrows(ProblemException.class, () -> history(1, since, null));
  }

  @Test
  void refusesALimitBelowOne() {
    assertThrows(ProblemException.class, () -> history(0, null, null));
  }

  /** A request of somebody who showed no token. */
  private static final class Nobody implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return Caller.UNKNOWN;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
