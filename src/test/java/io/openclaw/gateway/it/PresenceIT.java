package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is on a topic, as clients see it. */
class PresenceIT {
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() {
    gateway = StandaloneGateway.start("it/presence.yaml", Map.of("openclaw.presence.grace", "1s"));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static TestClient connect(String user) {
    return TestClient.connect(gateway.server().webSocketUri(), gateway.token(user));
  }

  private static JsonObject ask(TestClient client, String room) {
    client.send("{\"op\":\"presence\",\"id\":7,\"topic\":\"" + room + "\"}");
    return client.await(message -> message.getInt("id", 0) == 7);
  }

  private static List<String> users(JsonObject answer) {
    JsonArray members = answer.getJsonArray("members");
    return members.getValuesAs(JsonObject.class).stream()
        .map(member -> member.getString("user"))
        .sorted()
        .toList();
  }

  private static void watch(TestClient client, String room) {
    client.subscribe("$presence/" + room);
  }

  private static JsonObject next(TestClient client) {
    return client.await("pub");
  }

  @Test
  void whoIsOnATopicIsToldToWhoAsksAndToWhoWatches() {
    String room = "public/rooms/told";
    try (TestClient ann = connect("ann");
        TestClient bob = connect("bob")) {
      watch(ann, room);
      bob.subscribe(room);
      JsonObject join = next(ann);
      assertEquals("bob", join.getJsonObject("data").getString("user"));
      ann.subscribe(room);
      JsonObject answer = ask(ann, room);
      assertEquals(2, answer.getInt("count"));
      assertEquals(List.of("ann", "bob"), users(answer));

      bob.send("{\"op\":\"state\",\"id\":1,\"topic\":\"" + room + "\",\"data\":{\"typing\":true}}");
      bob.await("stated");
      JsonObject state =
          ann.await(
              message ->
                  message.containsKey("data")
                      && message.get("data") instanceof JsonObject data
                      && data.containsKey("state"));
      assertTrue(state.getJsonObject("data").getJsonObject("state").getBoolean("typing"));

      bob.send("{\"op\":\"unsubscribe\",\"topic\":\"" + room + "\"}");
      JsonObject leave = next(ann);
      assertTrue(leave.getBoolean("removed"));
      assertEquals(join.getString("key"), leave.getString("key"));
      assertEquals(List.of("ann"), users(ask(ann, room)));
    }
  }

  @Test
  void whoseConnectionIsCutIsGoneAfterTheGrace() {
    String room = "public/rooms/cut";
    TestClient bob = connect("bob");
    try (TestClient ann = connect("ann")) {
      watch(ann, room);
      bob.subscribe(room);
      String session = next(ann).getString("key");
      bob.cut();
      try (TestClient again = connect("bob")) {
        again.subscribe(room);
        JsonObject join = next(ann);
        assertFalse(join.containsKey("removed"));
        JsonObject leave = next(ann);
        assertTrue(leave.getBoolean("removed"));
        assertEquals(session, leave.getString("key"));
        assertEquals(1, ask(ann, room).getInt("count"));
      }
    }
    try (TestClient ann = connect("ann")) {
      Awaitility.await().until(() -> ask(ann, room).getInt("count") == 0);
    }
  }

  @Test
  void whoComesLaterSeesWhoIsThere() {
    String room = "public/rooms/later";
    try (TestClient bob = connect("bob");
        TestClient ann = connect("ann")) {
      bob.subscribe(room);
      Awaitility.await().until(() -> ask(bob, room).getInt("count") == 1);
      ann.send("{\"op\":\"subscribe\",\"topic\":\"$presence/" + room + "\",\"mode\":\"latest\"}");
      JsonObject there = next(ann);
      assertTrue(there.getBoolean("snapshot"));
      assertEquals("bob", there.getJsonObject("data").getString("user"));
    }
  }

  @Test
  void onlyThoseWhomPresenceIsGrantedSeeIt() {
    String room = "public/rooms/secret";
    try (TestClient nobody = TestClient.connect(gateway.server().webSocketUri(), null);
        TestClient ann = connect("ann")) {
      assertEquals("unauthorized", ask(nobody, room).getString("code"));
      assertEquals("unauthorized", subscribed(nobody, "$presence/" + room).getString("code"));
      assertEquals("forbidden", subscribed(nobody, "$presence/#").getString("code"));
      assertEquals("forbidden", subscribed(ann, "$presence/public/#").getString("code"));
      assertEquals("subscribed", subscribed(ann, "$presence/public/rooms/#").getString("op"));
      assertEquals("forbidden", ask(ann, "other").getString("code"));
      JsonString message = ask(ann, "public/rooms").getJsonString("op");
      assertEquals("presence", message.getString());
    }
  }

  private static JsonObject subscribed(TestClient client, String pattern) {
    client.send("{\"op\":\"subscribe\",\"id\":8,\"topic\":\"" + pattern + "\"}");
    return client.await(message -> message.getInt("id", 0) == 8);
  }
}
