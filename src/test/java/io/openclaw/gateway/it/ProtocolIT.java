package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The wire contract on the built WAR: what is refused and how, resuming, formats, bad input. */
class ProtocolIT extends GatewayIT {
  @Test
  void refusesABadTokenBeforeASocketExists() throws Exception {
    assertTrue(
        RawConnection.handshakeStatus(webSocketUri(), "Authorization: Bearer x.y.z")
            .contains(" 401 "));
  }

  @Test
  void refusesAnOriginThatIsNotAllowed() throws Exception {
    assertTrue(
        RawConnection.handshakeStatus(webSocketUri(), "Origin: https://evil.example")
            .contains(" 403 "));
  }

  @Test
  void agreesOnNoExtensionUnlessOneIsSwitchedOn() throws Exception {
    try (RawConnection raw =
        RawConnection.open(webSocketUri(), 0, "Sec-WebSocket-Extensions: permessage-deflate")) {
      assertEquals("", raw.header("Sec-WebSocket-Extensions"));
      assertFalse(raw.read().compressed());
    }
  }

  @Test
  void takesTheTokenFromASubprotocolThatIsNotEchoed() throws Exception {
    String status =
        RawConnection.handshakeStatus(
            webSocketUri(),
            "Sec-WebSocket-Protocol: openclaw.v1.json, openclaw.bearer." + adminToken());
    assertTrue(status.contains(" 101 "), status);
  }

  @Test
  void grantsAUserHisOwnTopicsAndNoOthers() {
    try (TestClient client = connect(userToken("alice"))) {
      client.subscribe("users/alice/#");
      client.send("{\"op\":\"subscribe\",\"id\":1,\"topic\":\"users/bob/#\"}");
      assertEquals("forbidden", client.await("error").getString("code"));
      client.send("{\"op\":\"subscribe\",\"id\":2,\"topic\":\"#\"}");
      assertEquals("forbidden", client.await("error").getString("code"));
      client.send("{\"op\":\"publish\",\"id\":3,\"topic\":\"public/x\",\"data\":1}");
      assertEquals("forbidden", client.await("error").getString("code"));
    }
  }

  @Test
  void signsInAfterOpeningAndTakesAwayWhatIsNotGrantedAnyMore() {
    try (TestClient client = connect(null)) {
      client.send("{\"op\":\"subscribe\",\"id\":1,\"topic\":\"users/alice/in\"}");
      assertEquals("unauthorized", client.await("error").getString("code"));
      client.send("{\"op\":\"auth\",\"id\":2,\"token\":\"" + userToken("alice") + "\"}");
      assertEquals("alice", client.await("ok").getString("user"));
      client.subscribe("users/alice/in");
      client.send("{\"op\":\"auth\",\"id\":3,\"token\":\"" + userToken("bob") + "\"}");
      JsonObject ended = client.await("unsubscribed");
      assertEquals("users/alice/in", ended.getString("topic"));
      assertEquals("forbidden", ended.getString("code"));
    }
  }

  @Test
  void tellsWhatWasWrongWithACommandAndGoesOn() {
    try (TestClient client = connect(adminToken())) {
      assertEquals("bad_request", error(client, "{not json"));
      assertEquals("unsupported", error(client, "{\"op\":\"fly\"}"));
      assertEquals("bad_request", error(client, "{\"op\":\"subscribe\",\"topic\":7}"));
      assertEquals("bad_request", error(client, "{\"op\":\"subscribe\",\"topic\":\"a/#/b\"}"));
      assertEquals("bad_request", error(client, "{\"op\":\"publish\",\"topic\":\"a\"}"));
      assertEquals("bad_request", error(client, "[1,2]"));
      client.subscribe("still/alive");
    }
  }

  private static String error(TestClient client, String frame) {
    client.send(frame);
    JsonObject error = client.await("error");
    assertFalse(error.getString("message").contains("Exception"), error.toString());
    return error.getString("code");
  }

  @Test
  void endsASessionThatSendsNothingButNonsense() {
    try (TestClient client = connect(adminToken())) {
      for (int i = 0; i < 10; i++) {
        client.send("{nonsense");
      }
      assertEquals(4500, client.await("goodbye").getInt("code"));
      assertEquals(4500, client.awaitClose());
    }
  }

  @Test
  void endsASessionThatSendsAFrameOfAMegabyte() throws Exception {
    try (TestClient neighbour = connect(adminToken());
        RawConnection raw = RawConnection.open(webSocketUri(), adminToken(), 0)) {
      neighbour.subscribe("neighbour");
      raw.sendText("{\"op\":\"ping\",\"x\":\"" + "x".repeat(1 << 20) + "\"}");
      assertEquals(4513, raw.awaitClose());
      neighbour.send("{\"op\":\"ping\",\"id\":1}");
      neighbour.await("pong");
    }
  }

  @Test
  void takesMessagesInFragmentsAndEndsASessionWhoseFragmentsAddUpToTooMuch() throws Exception {
    try (RawConnection raw = RawConnection.open(webSocketUri(), adminToken(), 0)) {
      raw.sendFragments("{\"op\":\"pi", "", "ng\",\"id\":7}");
      while (!raw.read().text().contains("{\"op\":\"pong\",\"id\":7,")) {
        // Welcome is passed over.
      }
      String[] fragments = new String[10];
      Arrays.fill(fragments, "x".repeat(10_000));
      raw.sendFragments(fragments);
      assertEquals(4513, raw.awaitClose());
    }
  }

  @Test
  void endsASessionThatSendsTooLargeABinaryMessage() throws Exception {
    try (RawConnection raw =
        RawConnection.open(webSocketUri(), 0, "Sec-WebSocket-Protocol: openclaw.v1.msgpack")) {
      raw.send(2, new byte[200_000]);
      assertEquals(4513, raw.awaitClose());
    }
  }

  @Test
  void closesAConnectionThatSendsInvalidUtf8() throws Exception {
    try (RawConnection raw = RawConnection.open(webSocketUri(), adminToken(), 0)) {
      raw.send(1, new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'});
      assertEquals(1007, raw.awaitClose());
    }
  }

  @Test
  void resumesWithoutLossAndTellsOfAnotherEpoch() throws Exception {
    JsonObject first;
    try (TestClient client = connect(adminToken())) {
      client.subscribe("resume/#");
      publish("resume/a", "1");
      first = client.await("pub");
    }
    publish("resume/b", "2");
    publish("resume/c", "3");
    try (TestClient client = connect(adminToken())) {
      client.send(subscribe(epoch(), first.getJsonNumber("offset").longValue()));
      assertTrue(client.await("subscribed").getBoolean("recovered"));
      assertEquals("resume/b", client.await("pub").getString("topic"));
      assertEquals("resume/c", client.await("pub").getString("topic"));
      client.await("live");
    }
    try (TestClient client = connect(adminToken())) {
      client.send(subscribe("another-epoch", 5));
      assertFalse(client.await("subscribed").getBoolean("recovered"));
      JsonObject gap = client.await("gap");
      assertEquals("epoch", gap.getString("reason"));
      assertEquals(epoch(), gap.getString("epoch"));
    }
  }

  private static String subscribe(String epoch, long offset) {
    return subscribe("resume/#", epoch, offset);
  }

  private static String subscribe(String pattern, String epoch, long offset) {
    return "{\"op\":\"subscribe\",\"topic\":\""
        + pattern
        + "\",\"since\":{\"epoch\":\""
        + epoch
        + "\",\"offset\":"
        + offset
        + "}}";
  }

  @Test
  void keepsAnOrderForEachSpaceAndResumesInEach() throws Exception {
    String epoch;
    JsonObject first;
    try (TestClient client = connect(adminToken())) {
      client.subscribe("no-lab/#");
      client.send("{\"op\":\"subscribe\",\"topic\":\"lab/#\"}");
      epoch = client.await("subscribed").getString("epoch");
      client.await("live");
      assertEquals(2, publishAll("no-lab/1", "lab/1", "no-lab/2", "lab/2"));
      List<JsonObject> all = Stream.generate(() -> client.await("pub")).limit(4).toList();
      first = topicsOf(all, "lab", "lab/1", "lab/2");
      topicsOf(all, "", "no-lab/1", "no-lab/2");
    }
    publish("lab/3", "3");
    try (TestClient client = connect(adminToken())) {
      client.send(subscribe("lab/#", epoch, first.getJsonNumber("offset").longValue()));
      assertTrue(client.await("subscribed").getBoolean("recovered"));
      assertEquals("lab/2", client.await("pub").getString("topic"));
      assertEquals("lab/3", client.await("pub").getString("topic"));
      client.send("{\"op\":\"subscribe\",\"topic\":\"+/3\"}");
      assertTrue(client.await("subscribed").getBoolean("narrowed"));
    }
    assertEquals(400, get("sse?topic=public/x&topic=lab/x").statusCode());
  }

  /** Publishes all in one request; how many epochs the answer has. */
  private static long publishAll(String... topics) throws Exception {
    String events =
        Stream.of(topics)
            .map(topic -> "{\"topic\":\"" + topic + "\",\"data\":1}")
            .collect(Collectors.joining(",", "[", "]"));
    HttpResponse<String> answer = post("api/v1/publish", adminToken(), events);
    assertEquals(200, answer.statusCode());
    return Pattern.compile("\"epoch\":\"([^\"]*)\"")
        .matcher(answer.body())
        .results()
        .map(found -> found.group(1))
        .distinct()
        .count();
  }

  /** The first of the publications of {@code space}, which must be on these topics, in order. */
  private static JsonObject topicsOf(List<JsonObject> all, String space, String... topics) {
    List<JsonObject> here =
        all.stream().filter(pub -> pub.getString("space", "").equals(space)).toList();
    assertEquals(List.of(topics), here.stream().map(pub -> pub.getString("topic")).toList());
    return here.get(0);
  }

  private static String epoch() throws Exception {
    String body =
        post("api/v1/publish", adminToken(), "{\"topic\":\"epoch/of\",\"data\":0}").body();
    return body.replaceAll(".*\"epoch\":\"([^\"]*)\".*", "$1");
  }

  private static void publish(String topic, String data) throws Exception {
    String event = "{\"topic\":\"" + topic + "\",\"data\":" + data + "}";
    assertEquals(200, post("api/v1/publish", adminToken(), event).statusCode());
  }

  /** Their bodies come together with their heads, or later. */
  @Test
  void answersEachOfManyPublishRequestsWithAnOffsetOfItsOwn() throws Exception {
    long last = 0;
    for (int i = 0; i < 200; i++) {
      String data = "\"" + "x".repeat(i * 37 % 900) + "\"";
      String event = "{\"topic\":\"many/requests\",\"data\":" + data + "}";
      String answer = post("api/v1/publish", adminToken(), event).body();
      assertTrue(answer.matches("\\{\"epoch\":\"[^\"]+\",\"offset\":[0-9]+}"), answer);
      long offset = Long.parseLong(answer.replaceAll(".*\"offset\":([0-9]+)}", "$1"));
      assertTrue(offset > last, answer);
      last = offset;
    }
  }

  @Test
  void bringsTheCurrentValuesInModeLatest() throws Exception {
    String events =
        "[{\"topic\":\"state/x\",\"key\":\"a\",\"data\":1},"
            + "{\"topic\":\"state/x\",\"key\":\"b\",\"data\":2},"
            + "{\"topic\":\"state/x\",\"key\":\"a\",\"data\":3}]";
    assertEquals(200, post("api/v1/publish", adminToken(), events).statusCode());
    try (TestClient client = connect(adminToken())) {
      client.send("{\"op\":\"subscribe\",\"topic\":\"state/+\",\"mode\":\"latest\"}");
      JsonObject b = client.await("pub");
      JsonObject a = client.await("pub");
      assertTrue(a.getBoolean("snapshot") && b.getBoolean("snapshot"));
      assertEquals(List.of("b", "a"), List.of(b.getString("key"), a.getString("key")));
      assertEquals(3, a.getInt("data"));
      client.await("live");
    }
  }

  @Test
  void deliversOnlyWhatAFilterLetsThrough() throws Exception {
    try (TestClient client = connect(adminToken())) {
      client.send(
          "{\"op\":\"subscribe\",\"topic\":\"filter/#\",\"filter\":\"price > 100 AND \\\"u.r\\\" ="
              + " 'eu'\"}");
      client.await("live");
      publish("filter/a", "{\"price\":101,\"u\":{\"r\":\"us\"}}");
      publish("filter/b", "{\"price\":102,\"u\":{\"r\":\"eu\"}}");
      assertEquals("filter/b", client.await("pub").getString("topic"));
    }
  }

  @Test
  void streamsServerSentEventsAndSpeaksMessagePack() throws Exception {
    EventSource events = EventSource.open(uri().resolve("sse?topic=public/%23"), null);
    URI packed = webSocketUri();
    try (events;
        PackedClient client = PackedClient.connect(packed, adminToken())) {
      client.send(java.util.Map.of("op", "subscribe", "topic", "public/#"));
      assertTrue(client.await("live"));
      publish("public/sse", "\"both\"");
      assertTrue(client.await("pub"));
      assertTrue(events.awaitData("\"both\""));
    }
  }

  @Test
  void putsAJmsMessageWithoutTopicAsideWithTheReason() throws Exception {
    try (TestClient client = connect(adminToken());
        JMSContext context = broker().createContext()) {
      client.subscribe("jms/#");
      context
          .createProducer()
          .send(context.createQueue(Broker.EVENTS), context.createTextMessage("lost"));
      TextMessage good = context.createTextMessage("{}");
      good.setStringProperty("topic", "jms/good");
      context.createProducer().send(context.createQueue(Broker.EVENTS), good);
      assertEquals("jms/good", client.await("pub").getString("topic"));
      Message dead =
          context.createConsumer(context.createQueue(Broker.DEAD)).receive(PATIENCE.toMillis());
      assertTrue(dead.getStringProperty("openclaw_reason").contains("topic"));
    }
  }

  @Test
  void putsAnOutboxRowWithABadTopicAsideWithTheReason() throws Exception {
    try (TestClient client = connect(adminToken());
        Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      client.subscribe("outbox/#");
      statement.execute(
          "INSERT INTO openclaw_outbox (topic, data) VALUES ('outbox//bad', '1'), ('outbox/good',"
              + " '{\"n\":2}')");
      assertEquals("outbox/good", client.await("pub").getString("topic"));
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> deadRows(statement) == 1);
    }
  }

  private static int deadRows(Statement statement) throws Exception {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM openclaw_outbox_dead WHERE reason LIKE '%level%'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void answersHttpWithProblemsAndPages() throws Exception {
    String bad = post("api/v1/publish", adminToken(), "{\"topic\":\"a//b\",\"data\":1}").body();
    assertTrue(bad.contains("\"status\":400") && bad.contains("empty level"), bad);
    String trailing = "{\"topic\":\"public/cloud\",\"data\":1} {}";
    assertEquals(400, post("api/v1/publish", adminToken(), trailing).statusCode());
    String cloud =
        "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/s\",\"id\":\"1\","
            + "\"subject\":\"public/cloud\",\"data\":{\"n\":1}}";
    assertTrue(postCloudEvent(cloud).contains("\"offset\""));
    String values = get("api/v1/topics/public/cloud").body();
    assertTrue(values.contains("\"values\":[{\"topic\":\"public/cloud\""), values);
    String history = get("api/v1/topics/public/cloud/history?limit=1").body();
    assertTrue(history.contains("\"more\":false"), history);
    assertEquals(401, get("api/v1/topics/secret").statusCode());
  }

  private static String postCloudEvent(String event) throws Exception {
    return java.net.http.HttpClient.newHttpClient()
        .send(
            java.net.http.HttpRequest.newBuilder(uri().resolve("api/v1/publish"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + adminToken())
                .header("Content-Type", "application/cloudevents+json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(event))
                .build(),
            java.net.http.HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
        .body();
  }
}
