package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that come, go, pause and change while the gateway runs, by file and by HTTP. */
class SourcesIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ACCESS =
      """
      access:
        - who: anyone
          may: subscribe
          topics: ["#"]
        - who: {role: admin}
          may: all
          topics: ["#", "$sys/#"]
      """;
  private static final String ONE =
      ACCESS
          + """
          sources:
            jms:
              - {queue: one, topic: "hot/${property.site}"}
          """;

  @TempDir private static Path folder;
  private static StandaloneGateway gateway;
  private static long files;

  @BeforeAll
  static void start() throws IOException {
    write(ACCESS);
    gateway =
        StandaloneGateway.start(
            folder.resolve("openclaw.yaml").toString(),
            Map.of("openclaw.sources.file", folder.resolve("sources.json").toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static void write(String yaml) throws IOException {
    Path next = Files.writeString(folder.resolve("next" + files++), yaml);
    Files.move(next, folder.resolve("openclaw.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static HttpResponse<String> call(String token, String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(gateway.server().uri().resolve("/api/v1/sources" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> admin(String method, String path, String body)
      throws Exception {
    return call(gateway.token("anna", "admin"), method, path, body);
  }

  private static JsonObject json(HttpResponse<String> response) {
    return Json.createReader(new StringReader(response.body())).readObject();
  }

  private static String state(String name) throws Exception {
    HttpResponse<String> answer = admin("GET", "/" + name, "");
    return answer.statusCode() == 200 ? json(answer).getString("state") : "" + answer.statusCode();
  }

  private static int lag(String name) throws Exception {
    JsonObject lag = json(admin("GET", "/" + name, "")).getJsonObject("lag");
    return lag == null ? -1 : lag.getInt("amount");
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }

  private static void send(String queue, int number) {
    try (JMSContext context = Broker.connectionFactory(gateway.brokerPort()).createContext()) {
      context
          .createProducer()
          .setProperty("site", "north")
          .send(context.createQueue(queue), "{\"n\":" + number + "}");
    }
  }

  private static void assertMetric(String line) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.server().uri().resolve("/metrics")).build();
    String metrics = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertTrue(metrics.lines().anyMatch(line::equals), metrics);
  }

  private static TestClient client(String pattern) throws Exception {
    TestClient client = TestClient.connect(gateway.server().webSocketUri(), null);
    client.subscribe(pattern);
    return client;
  }

  @Test
  void aSourceOfTheFileComesPausesAndGoes() throws Exception {
    try (TestClient client = client("hot/#")) {
      write(ONE);
      await().until(() -> state("jms:one").equals("up"));
      send("one", 1);
      assertEquals(1, client.await("pub").getJsonObject("data").getInt("n"));

      assertEquals(200, admin("POST", "/jms:one/pause", "").statusCode());
      await().until(() -> state("jms:one").equals("paused"));
      send("one", 2);
      send("one", 3);
      await().until(() -> lag("jms:one") == 2);
      assertEquals(200, admin("POST", "/jms:one/resume", "").statusCode());
      assertEquals(2, client.await("pub").getJsonObject("data").getInt("n"));
      assertEquals(3, client.await("pub").getJsonObject("data").getInt("n"));
      await().until(() -> lag("jms:one") == 0);
      assertEquals(3, json(admin("GET", "/jms:one", "")).getInt("accepted"));
      assertMetric("openclaw_source_up{source=\"jms:one\"} 1.0");
      assertMetric("openclaw_source_lag{source=\"jms:one\"} 0.0");
      assertMetric("openclaw_source_events_total{outcome=\"accepted\",source=\"jms:one\"} 3.0");

      write(ACCESS);
      await().until(() -> state("jms:one").equals("404"));
      assertMetric("openclaw_source_up{source=\"jms:openclaw.events\"} 1.0");
    }
  }

  @Test
  void aSourceIsAddedChangedAndRemovedByHttp() throws Exception {
    try (TestClient client = client("added/#")) {
      String body = "{\"name\":\"added\",\"queue\":\"two\",\"topic\":\"added/${property.site}\"}";
      assertEquals(200, admin("PUT", "/jms:added", body).statusCode());
      await().until(() -> state("jms:added").equals("up"));
      send("two", 1);
      assertEquals("added/north", client.await("pub").getString("topic"));
      String changed = body.replace("added/$", "added/new/$");
      assertEquals(200, admin("PUT", "/jms:added", changed).statusCode());
      await().until(() -> state("jms:added").equals("up"));
      send("two", 2);
      assertEquals("added/new/north", client.await("pub").getString("topic"));
      assertEquals(204, admin("DELETE", "/jms:added", "").statusCode());
      assertEquals("404", state("jms:added"));
    }
  }

  @Test
  void whatCannotBeIsAnsweredWithTheReason() throws Exception {
    HttpResponse<String> bad = admin("PUT", "/jms:x", "{\"name\":\"x\",\"queue\":\"q\"}");
    assertEquals(400, bad.statusCode());
    assertTrue(json(bad).getString("detail").contains("the key topic is missing"), bad.body());
    assertEquals(400, admin("PUT", "/ftp:x", "{\"name\":\"x\"}").statusCode());
    assertEquals(409, admin("POST", "/jms:openclaw.events/pause", "").statusCode());
    String secret =
        "{\"name\":\"x\",\"queue\":\"${openclaw.security.jwt.hmac-secret}\",\"topic\":\"a\"}";
    HttpResponse<String> prying = admin("PUT", "/jms:x", secret);
    assertEquals(400, prying.statusCode());
    assertTrue(prying.body().contains("openclaw.sources.NAME"), prying.body());
  }

  @Test
  void onlyThoseWhomThePolicyGrantsItSeeOrChangeSources() throws Exception {
    String token = gateway.token("tom");
    assertEquals(403, call(token, "GET", "", "").statusCode());
    assertEquals(403, call(token, "POST", "/jms:openclaw.events/pause", "").statusCode());
    assertEquals(403, call(token, "PUT", "/jms:x", "{}").statusCode());
    assertEquals(403, call(token, "DELETE", "/jms:x", "").statusCode());
    JsonArray all = Json.createReader(new StringReader(admin("GET", "", "").body())).readArray();
    assertEquals("jms:openclaw.events", all.getJsonObject(0).getString("source"));
  }
}
