package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import io.openclaw.gateway.dev.ServerSettings;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who gets what, and who gets it no more: conditions, narrowed wildcards, an authorizer in a jar of
 * its own, revocation, a policy that changes, and what is written about it all.
 */
class PolicyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String POLICY =
      """
      access:
        - who: {role: admin}
          may: all
          topics: ["#", "$sys/#"]
        - who: user
          may: subscribe
          topics: ["users/{user}/#", "news/#"]
          wildcards: narrow
        - who: user
          may: subscribe
          topics: "regions/+"
          when: '"org.region" = $2'
          wildcards: narrow
        - who: user
          may: publish
          topics: "from-here"
          when: "$address LIKE '127.%'"
        - who: user
          may: publish
          topics: "from-there"
          when: "$address NOT LIKE '127.%'"
        - who: user
          deny: subscribe
          topics: "news/internal/#"
      """;

  @TempDir private static Path folder;
  private static StandaloneGateway gateway;
  private static long files;

  @BeforeAll
  static void start() throws IOException {
    write(POLICY);
    gateway =
        StandaloneGateway.start(
            folder.resolve("openclaw.yaml").toString(),
            Map.of("openclaw.security.revocations.file", folder.resolve("revoked").toString()),
            PolicyIT::withEmbargo);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  /** The built WAR with one more jar in it. */
  private static ServerSettings withEmbargo(ServerSettings settings) {
    JavaArchive jar =
        ShrinkWrap.create(JavaArchive.class, "embargo.jar")
            .addClass(Embargo.class)
            .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    Path war = folder.resolve("openclaw-gateway.war");
    ShrinkWrap.create(ZipImporter.class, "openclaw-gateway.war")
        .importFrom(settings.war().toFile())
        .as(WebArchive.class)
        .addAsLibrary(jar)
        .as(ZipExporter.class)
        .exportTo(war.toFile(), true);
    return new ServerSettings(
        settings.build(),
        war,
        settings.work(),
        settings.httpPort(),
        settings.brokerPort(),
        settings.properties());
  }

  private static void write(String policy) throws IOException {
    Path next = Files.writeString(folder.resolve("next" + files++), policy);
    Files.move(next, folder.resolve("openclaw.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  @BeforeEach
  void awaitPolicy() throws IOException {
    write(POLICY);
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> decision("{\"user\":\"x\"}", "subscribe", "news/a").equals("granted"));
  }

  private static String token(String id, String user, String... roles) {
    return gateway.token(claims(id, user, roles).build());
  }

  private static JWTClaimsSet.Builder claims(String id, String user, String... roles) {
    return new JWTClaimsSet.Builder()
        .jwtID(id)
        .subject(user)
        .claim("roles", List.of(roles))
        .claim("org", Map.of("region", "eu"))
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
  }

  private static String admin() {
    return token("admin-token", "root", "admin");
  }

  private static TestClient connect(String token) {
    return TestClient.connect(gateway.server().webSocketUri(), token);
  }

  private static HttpResponse<String> ask(String method, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.server().uri().resolve("api/v1/" + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    assertEquals(200, response.statusCode(), response.body());
    return Json.createReader(new StringReader(response.body())).readObject();
  }

  private static JsonObject explain(String body) throws Exception {
    return json(ask("POST", "policy/explain", admin(), body));
  }

  private static String decision(String subject, String action, String topic) throws Exception {
    return explain(
            "{\"subject\":%s,\"action\":\"%s\",\"topic\":\"%s\"}".formatted(subject, action, topic))
        .getJsonObject("explanation")
        .getString("decision");
  }

  private static void publish(String... topics) throws Exception {
    for (String topic : topics) {
      String event = "{\"topic\":\"" + topic + "\",\"data\":1}";
      assertEquals(200, ask("POST", "publish", admin(), event).statusCode());
    }
  }

  private static String nextTopic(TestClient client) {
    return client.await("pub").getString("topic");
  }

  private static String refusal(TestClient client, String command) {
    client.send(command);
    return client.await("error").getString("code");
  }

  @Test
  void aNarrowedSubscriptionBringsWhatIsGrantedAndNothingElse() throws Exception {
    try (TestClient ann = connect(token("n1", "ann"))) {
      ann.send("{\"op\":\"subscribe\",\"topic\":\"#\"}");
      assertTrue(ann.await("subscribed").getBoolean("narrowed"));
      ann.await("live");
      publish(
          "users/bob/in", "other", "news/internal/x", "regions/us", "news/embargo/x", "news/end");
      assertEquals("news/end", nextTopic(ann));
      publish("users/ann/in", "regions/eu");
      assertEquals("users/ann/in", nextTopic(ann));
      assertEquals("regions/eu", nextTopic(ann));
    }
  }

  @Test
  void conditionsKnowClaimsLevelsAndTheAddress() {
    try (TestClient ann = connect(token("n2", "ann"))) {
      ann.subscribe("regions/eu");
      String us = "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"regions/us\"}";
      assertEquals("forbidden", refusal(ann, us));
      ann.send("{\"op\":\"publish\",\"id\":2,\"topic\":\"from-here\",\"data\":1}");
      ann.await("published");
      String there = "{\"op\":\"publish\",\"id\":3,\"topic\":\"from-there\",\"data\":1}";
      assertEquals("forbidden", refusal(ann, there));
    }
  }

  @Test
  void anAuthorizerInAJarOfItsOwnDenies() throws Exception {
    try (TestClient root = connect(admin())) {
      String command = "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"a/embargo/b\"}";
      assertEquals("forbidden", refusal(root, command));
    }
    assertEquals(403, ask("GET", "topics/embargo/history", admin(), "").statusCode());
  }

  @Test
  void aChangedPolicyEndsAndNarrowsLiveSubscriptions() throws Exception {
    try (TestClient ann = connect(token("p1", "ann"))) {
      ann.subscribe("news/sport");
      ann.subscribe("users/ann/#");
      write(POLICY.replace("\"news/#\"", "\"changed/#\""));
      JsonObject ended = ann.await("unsubscribed");
      assertEquals("news/sport", ended.getString("topic"));
      assertEquals("forbidden", ended.getString("code"));
      publish("news/sport", "users/ann/in");
      assertEquals("users/ann/in", nextTopic(ann));
    }
  }

  @Test
  void whoIsRevokedIsSentAwayWithinASecondAndComesAgainWithANewToken() throws Exception {
    for (String what :
        List.of("{\"token\":\"r-1\"}", "{\"user\":\"ann\"}", "{\"role\":\"temp\"}")) {
      String id = what.contains("token") ? "r-1" : "r-" + what.length();
      String token = token(id, "ann", "temp");
      try (TestClient ann = connect(token);
          TestClient bob = connect(token("r-2", "bob"))) {
        long began = System.nanoTime();
        assertEquals(1, json(ask("POST", "revocations", admin(), what)).getInt("sessions"), what);
        assertEquals(4503, ann.await("goodbye").getInt("code"));
        assertFalse(Duration.ofNanos(System.nanoTime() - began).toMillis() > 1_000, what);
        assertEquals(4503, ann.awaitClose());
        bob.send("{\"op\":\"auth\",\"id\":1,\"token\":\"" + token + "\"}");
        assertEquals("unauthorized", bob.await("error").getString("code"));
      }
      assertEquals(401, ask("GET", "topics/a", token, "").statusCode());
      String bearer = "Authorization: Bearer " + token;
      assertEquals(401, Knock.at(gateway.server().webSocketUri(), bearer).status());
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> ask("GET", "topics/users%2Fann%2Fx", renewed(), "").statusCode() == 200);
    }
  }

  private static String renewed() {
    return token("r-new", "ann", "temp");
  }

  @Test
  void sessionsAreListedLookedAtAndEnded() throws Exception {
    try (TestClient zoe = connect(token("s1", "zoe"))) {
      zoe.subscribe("news/a");
      JsonObject page = json(ask("GET", "sessions?user=zoe", admin(), ""));
      JsonObject item = page.getJsonArray("items").getJsonObject(0);
      assertEquals(1, page.getJsonArray("items").size());
      assertTrue(page.getInt("count") >= 1);
      assertEquals("127.0.0.1", item.getString("address"));
      String path = "sessions/" + item.getString("session");
      JsonArray topics = json(ask("GET", path, admin(), "")).getJsonArray("subscriptions");
      assertEquals("[\"news/a\"]", topics.toString());
      assertEquals(204, ask("DELETE", path, admin(), "").statusCode());
      assertEquals(4503, zoe.awaitClose());
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> ask("DELETE", path, admin(), "").statusCode() == 404);
      assertEquals(404, ask("GET", "sessions/none", admin(), "").statusCode());
      assertEquals(400, ask("GET", "sessions?limit=0", admin(), "").statusCode());
    }
  }

  @Test
  void onlyThoseWhomThePolicyGrantsItAdminister() throws Exception {
    String user = token("o1", "ann");
    for (String[] each :
        List.of(
            new String[] {"GET", "sessions", ""},
            new String[] {"GET", "sessions/x", ""},
            new String[] {"DELETE", "sessions/x", ""},
            new String[] {"GET", "revocations", ""},
            new String[] {"POST", "revocations", "{\"user\":\"ann\"}"},
            new String[] {"POST", "policy/explain", "{\"policy\":\"access: []\"}"})) {
      assertEquals(403, ask(each[0], each[1], user, each[2]).statusCode(), each[1]);
      assertEquals(401, ask(each[0], each[1], "", each[2]).statusCode(), each[1]);
    }
  }

  @Test
  void aDecisionIsExplained() throws Exception {
    String ann = "{\"user\":\"ann\",\"claims\":{\"org\":{\"region\":\"eu\"}}}";
    assertEquals("granted", decision(ann, "subscribe", "regions/eu"));
    assertEquals("refused", decision(ann, "subscribe", "regions/us"));
    assertEquals("narrowed", decision(ann, "subscribe", "#"));
    JsonObject explained =
        explain(
                "{\"subject\":%s,\"action\":\"subscribe\",\"topic\":\"news/internal/a\"}"
                    .formatted(ann))
            .getJsonObject("explanation");
    assertEquals("[\"access[5]\"]", explained.getJsonArray("decidedBy").toString());
    assertTrue(
        explained.getJsonArray("rules").getValuesAs(JsonObject.class).stream()
            .anyMatch(rule -> rule.getString("outcome").equals("does not speak of this subject")));
  }

  @Test
  void aProposedPolicyIsComparedWithLiveSubscriptions() throws Exception {
    try (TestClient ann = connect(token("c1", "kim"))) {
      ann.subscribe("news/a");
      ann.subscribe("users/kim/a");
      String proposed = POLICY.replace("\"news/#\"", "\"changed/#\"");
      JsonObject changes =
          explain("{\"policy\":" + Json.createValue(proposed) + "}").getJsonObject("changes");
      List<String> told =
          changes.getJsonArray("items").getValuesAs(JsonObject.class).stream()
              .filter(item -> item.getString("user").equals("kim"))
              .map(item -> item.getString("topic") + " " + item.getString("then"))
              .toList();
      assertEquals(List.of("news/a refused"), told);
      assertTrue(changes.getBoolean("complete"));
    }
  }

  @Test
  void aRequestThatIsWrongSaysWhatIsAllowed() throws Exception {
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"topic\":\"a\"}",
            "{\"topic\":\"a//b\",\"action\":\"subscribe\"}",
            "{\"topic\":\"a\",\"action\":\"fly\"}",
            "{\"topic\":\"a\",\"action\":\"subscribe\",\"who\":\"me\"}",
            "{\"topic\":\"a\",\"action\":\"subscribe\",\"subject\":\"ann\"}",
            "{\"topic\":\"a\",\"action\":\"subscribe\",\"subject\":{\"roles\":[1]}}",
            "{\"policy\":\"access: [{who: me}]\"}",
            "{\"policy\":\"access: [{who: user, may: all, topics: '${openclaw.config}'}]\"}")) {
      HttpResponse<String> answer = ask("POST", "policy/explain", admin(), body);
      assertEquals(400, answer.statusCode(), body + " " + answer.body());
      assertFalse(answer.body().contains("Exception"), answer.body());
      assertFalse(answer.body().contains(folder.toString()), answer.body());
    }
    for (String body : List.of("{}", "{\"user\":7}", "{\"user\":\"a\",\"role\":\"b\"}", "7")) {
      assertEquals(400, ask("POST", "revocations", admin(), body).statusCode(), body);
    }
  }

  private static Stream<JsonObject> audited(String event) {
    return gateway
        .server()
        .log()
        .lines()
        .filter(line -> line.contains("\"event\":\"" + event + "\""))
        .map(line -> line.substring(line.indexOf("{\"time\"")))
        .map(line -> Json.createReader(new StringReader(line)).readObject());
  }

  @Test
  void theAuditTrailTellsWhoDidWhatAndNothingCanBeForgedInIt() throws Exception {
    String evil = "eve\r\n{\"time\":\"x\",\"event\":\"signed-in\",\"user\":\"root\"}\u2028\u202e";
    String token = token("evil\nid", evil);
    try (TestClient eve = connect(token)) {
      String command = "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"secret/\u00e9\"}";
      assertEquals("forbidden", refusal(eve, command));
      String mallory = token("m-1", "mallory");
      eve.send("{\"op\":\"auth\",\"id\":2,\"token\":\"" + mallory + "\"}");
      assertEquals("mallory", eve.await("ok").getString("user"));
      String other = "{\"op\":\"auth\",\"id\":3,\"token\":\"x" + mallory + "\"}";
      assertEquals("unauthorized", refusal(eve, other));
    }
    String bad = "Authorization: Bearer " + token + "x";
    assertEquals(401, Knock.at(gateway.server().webSocketUri(), bad).status());
    assertTrue(audited("connected").anyMatch(line -> line.getString("user").equals(evil)));
    assertTrue(
        audited("denied")
            .anyMatch(
                line ->
                    line.getString("user").equals(evil)
                        && line.getString("topic").equals("secret/\u00e9")
                        && line.getString("address").equals("127.0.0.1")));
    assertTrue(audited("refused").anyMatch(line -> line.getString("status", "").equals("401")));
    assertTrue(audited("signed-in").anyMatch(line -> line.getString("user").equals("mallory")));
    assertTrue(audited("refused").anyMatch(line -> line.getString("user").equals("mallory")));
    assertTrue(audited("signed-in").noneMatch(line -> line.getString("user").equals("root")));
    assertFalse(gateway.server().log().contains(token), "a token is in the log");
    assertFalse(gateway.server().log().lines().anyMatch(line -> line.startsWith("{\"time\":\"x")));
  }

  @Test
  void revocationsSurviveARestart() throws Exception {
    String token = token("lasting", "max");
    assertEquals(
        0, json(ask("POST", "revocations", admin(), "{\"token\":\"lasting\"}")).getInt("sessions"));
    gateway.server().restart();
    assertEquals(401, ask("GET", "topics/a", token, "").statusCode());
    assertTrue(ask("GET", "revocations", admin(), "").body().contains("\"lasting\""));
  }
}
