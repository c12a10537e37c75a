package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.dev.WorkDirectory;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample application beside the gateway: what it commits is seen, and nothing else. */
class SampleApplicationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicInteger IDS = new AtomicInteger();

  private static WorkDirectory work;
  private static Database database;
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    Path build = Path.of(System.getProperty("openclaw.home", ""), "target");
    work = WorkDirectory.create();
    database = Database.start(build.resolve("server/postgres"), work.path().resolve("database"));
    Map<String, String> gatewaySettings =
        Map.of(
            "openclaw.database.url", database.url(),
            "openclaw.database.user", Database.NAME,
            "openclaw.database.password", Database.NAME);
    String url = database.url() + "?user=" + Database.NAME + "&password=" + Database.NAME;
    gateway =
        StandaloneGateway.start(
            "it/sample.yaml",
            gatewaySettings,
            settings ->
                settings.withApplications(
                    Map.of("shop.database.url", url),
                    List.of(build.resolve("openclaw-sample.war"))));
    awaitShop();
  }

  private static void awaitShop() {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> send("PUT", "orders/" + IDS.incrementAndGet(), "").statusCode() == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    database.close();
    work.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JMS", "OUTBOX"})
  void whatIsCommittedIsSeen(String way) throws Exception {
    try (TestClient client = connect()) {
      int id = create(way);
      JsonObject publication = client.await("pub");
      assertEquals("orders/" + id, publication.getString("topic"));
      assertEquals(Integer.toString(id), publication.getString("key"));
      JsonObject data = publication.getJsonObject("data");
      assertEquals("ACME", data.getString("customer"));
      assertEquals("NEW", data.getString("state"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JMS", "OUTBOX"})
  void whatIsRolledBackIsNeverSeen(String way) throws Exception {
    int id = create(way);
    assertEquals(200, change(id, "SHIPPED", way));
    int marker = IDS.incrementAndGet();
    try (TestClient client = connect()) {
      awaitStored(client, id, way);
      assertEquals(409, change(id, "PAID", way));
      assertEquals(409, change(id, "NEW", way));
      assertEquals(200, send("PUT", "orders/" + marker + "?way=" + way, "marker").statusCode());
      JsonObject next = client.await("pub");
      assertEquals("orders/" + marker, next.getString("topic"), "nothing is before the marker");
      assertEquals("SHIPPED", state(id));
    }
  }

  /** Everything that was committed before is seen: from here on only what is new comes. */
  private static void awaitStored(TestClient client, int id, String way) throws Exception {
    assertEquals(200, change(id, "SHIPPED", way));
    client.await(
        message ->
            "pub".equals(message.getString("op", ""))
                && message.getJsonObject("data").getInt("changes") == 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JMS", "OUTBOX"})
  void theChangesOfAnOrderAreSeenInTheirOrder(String way) throws Exception {
    int changes = 30;
    try (TestClient client = connect()) {
      int id = create(way);
      for (int i = 0; i < changes; i++) {
        assertEquals(200, change(id, "PAID", way));
      }
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i <= changes; i++) {
        seen.add(client.await("pub").getJsonObject("data").getInt("changes"));
      }
      assertEquals(IntStream.rangeClosed(0, changes).boxed().toList(), seen);
    }
  }

  @Test
  void goesOnAfterTheServerWasKilled() throws Exception {
    int id = create("OUTBOX");
    gateway.server().kill();
    gateway.server().restart();
    awaitShop();
    assertEquals("NEW", state(id));
    try (TestClient client = connect()) {
      for (String way : List.of("JMS", "OUTBOX")) {
        int next = create(way);
        client.await(message -> ("orders/" + next).equals(message.getString("topic", "")));
      }
    }
  }

  private static TestClient connect() {
    TestClient client =
        TestClient.connect(gateway.server().webSocketUri(), gateway.token("root", "admin"));
    client.subscribe("orders/#");
    return client;
  }

  private static int create(String way) throws Exception {
    int id = IDS.incrementAndGet();
    assertEquals(200, send("PUT", "orders/" + id + "?way=" + way, "ACME").statusCode());
    return id;
  }

  private static int change(int id, String state, String way) throws Exception {
    return send("PUT", "orders/" + id + "/" + state + "?way=" + way, "").statusCode();
  }

  private static String state(int id) throws Exception {
    return send("GET", "orders/" + id, "").body().replaceAll(".*\"state\":\"([A-Z]+)\".*", "$1");
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    URI uri = gateway.server().uri().resolve("shop/api/" + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
