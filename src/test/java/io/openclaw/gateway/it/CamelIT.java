package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.connector.Connectors;
import io.openclaw.gateway.connector.NumberedEvent;
import io.openclaw.gateway.connector.RabbitMqSender;
import io.openclaw.gateway.connector.ReadyRoutes;
import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.neighbour.Neighbour;
import io.openclaw.gateway.neighbour.Neighbours;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel routes in the server: both ways, and files of routes that come and go while it runs. */
class CamelIT {
  private static final String HOOK_SECRET = "a secret of two";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String CONFIGURATION =
      """
      access:
        - who: anyone
          may: all
          topics: ["#"]
        - who: {role: admin}
          may: all
          topics: ["#", "$sys/#"]
      sources:
        camel:
          - {file: readings.yaml, required: true}
      """;
  private static final String READINGS =
      """
      - from:
          uri: file:%s
          parameters: {delay: 100, initialDelay: 0}
          steps:
            - to: openclaw:iot/${data.site}/temp?key=${data.sensor}
      """;
  private static final String ORDERS =
      """
      - from:
          uri: openclaw:orders/#
          steps:
            - to: file:%s?fileName=${header.openclaw.key}.json
      """;
  private static final String TIMER =
      """
      - from:
          uri: timer:hot?period=100
          steps:
            - setBody: {constant: '{"n": 1}'}
            - to: openclaw:%s
      """;

  @TempDir private static Path folder;
  private static Path routes;
  private static Neighbour rabbitMq;
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    rabbitMq = Neighbours.rabbitMq(folder.resolve("rabbitmq"));
    RabbitMqSender.open(rabbitMq.port()).close();
    Path configuration = Files.writeString(folder.resolve("openclaw.yaml"), CONFIGURATION);
    routes = Files.createDirectory(folder.resolve("routes"));
    write("readings.yaml", READINGS.formatted(Files.createDirectory(folder.resolve("in"))));
    write("orders.yaml", ORDERS.formatted(folder.resolve("out")));
    gateway =
        StandaloneGateway.start(
            configuration.toString(),
            Map.of(
                "openclaw.camel.routes",
                routes.toString(),
                "openclaw.camel.connectors",
                Connectors.directory("rabbitmq").toString(),
                "rabbitmq.host",
                "127.0.0.1",
                "rabbitmq.port",
                Integer.toString(rabbitMq.port()),
                "rabbitmq.queue",
                RabbitMqSender.QUEUE,
                "webhook.secret",
                HOOK_SECRET));
    await().until(() -> state("camel:orders").equals("up"));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    rabbitMq.close();
  }

  private static void write(String file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve(file + ".next"), text);
    Files.move(next, routes.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Moves a file with that text into the directory that a route reads. */
  private static void drop(String file, String text) throws IOException {
    Files.move(Files.writeString(folder.resolve(file), text), folder.resolve("in").resolve(file));
  }

  private static int hook(String name, String body, String signature) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.server().uri().resolve("/api/v1/hooks/" + name))
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "issues")
            .header("X-GitHub-Delivery", "d-1")
            .header("X-Hub-Signature-256", "sha256=" + signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(HOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(gateway.server().uri().resolve(path))
            .header("Authorization", "Bearer " + gateway.token("anna", "admin"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject source(String name) throws Exception {
    return Json.createReader(new StringReader(get("/api/v1/sources/" + name).body())).readObject();
  }

  private static String state(String name) throws Exception {
    int status = get("/api/v1/sources/" + name).statusCode();
    return status == 200 ? source(name).getString("state") : String.valueOf(status);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }

  private static TestClient client(String pattern) {
    TestClient client = TestClient.connect(gateway.server().webSocketUri(), null);
    client.subscribe(pattern);
    return client;
  }

  @Test
  void aFileBecomesAPublication() throws Exception {
    try (TestClient client = client("iot/#")) {
      drop("one.json", "{\"site\": \"north\", \"sensor\": \"s1\", \"celsius\": 21.5}");
      JsonObject publication = client.await("pub");
      assertEquals("iot/north/temp", publication.getString("topic"));
      assertEquals("s1", publication.getString("key"));
      assertEquals(21.5, publication.getJsonObject("data").getJsonNumber("celsius").doubleValue());
    }
  }

  @Test
  void aPublicationBecomesAFile() throws Exception {
    try (TestClient client = client("orders/#")) {
      client.send(
          "{\"op\":\"publish\",\"topic\":\"orders/eu\",\"key\":\"o42\",\"data\":{\"total\":7}}");
      client.await("pub");
    }
    Path order = folder.resolve("out").resolve("o42.json");
    await().until(() -> Files.readString(order).equals("{\"total\":7}"));
  }

  @Test
  void whatCanNeverWorkIsPutAsideInTheDeadLetterQueue() throws Exception {
    drop("bad.json", "{\"sensor\": \"s1\"}");
    try (JMSContext context = Broker.connectionFactory(gateway.brokerPort()).createContext()) {
      Message letter =
          context.createConsumer(context.createQueue("openclaw.events.dead")).receive(30_000);
      assertNotNull(letter);
      assertEquals("camel:readings", letter.getStringProperty("openclaw_source"));
      assertTrue(letter.getStringProperty("openclaw_reason").contains("data.site"));
      assertEquals("{\"sensor\": \"s1\"}", letter.getBody(String.class));
    }
  }

  @Test
  void routesComeChangeAndGoWhileTheGatewayRuns() throws Exception {
    try (TestClient client = client("hot/#")) {
      write("hot.yaml", TIMER.formatted("hot/a"));
      client.await(each -> each.getString("topic", "").equals("hot/a"));
      write("hot.yaml", TIMER.formatted("hot/b"));
      client.await(each -> each.getString("topic", "").equals("hot/b"));
      Files.delete(routes.resolve("hot.yaml"));
      await().until(() -> state("camel:hot").equals("404"));
    }
  }

  @Test
  void aSignedRequestBecomesAPublication() throws Exception {
    write("webhook.yaml", ReadyRoutes.file("webhook").text());
    String body = "{\"action\": \"opened\"}";
    await().until(() -> hook("github", body, signature("another body")) == 401);
    try (TestClient client = client("hooks/#")) {
      assertEquals(202, hook("github", body, signature(body)));
      JsonObject publication = client.await("pub");
      assertEquals("hooks/github/issues", publication.getString("topic"));
      assertEquals("opened", publication.getJsonObject("data").getString("action"));
    }
    assertEquals(404, hook("no-such", body, signature(body)));
  }

  @Test
  void aConnectorIsAFewJarsInADirectory() throws Exception {
    write("rabbitmq.yaml", ReadyRoutes.file("rabbitmq").text());
    try (TestClient client = client("rabbitmq/#");
        RabbitMqSender sender = RabbitMqSender.open(rabbitMq.port())) {
      sender.send(NumberedEvent.series(1, 0));
      JsonObject publication =
          client.await(each -> each.getString("topic", "").startsWith("rabbitmq/"));
      assertEquals("rabbitmq/orders/k0", publication.getString("topic"));
      assertEquals(0, publication.getJsonObject("data").getInt("n"));
    }
  }

  @Test
  void aBrokenFileIsDownWithTheReasonAndTheGatewayStaysReady() throws Exception {
    write("broken.yaml", "- from: {uri: 'no-such-component:x', steps: [ {to: 'openclaw:a'} ]}");
    await().until(() -> state("camel:broken").equals("down"));
    assertTrue(source("camel:broken").getString("reason").contains("no-such-component"));
    assertEquals(200, get("/health/ready").statusCode());
    assertEquals("up", state("camel:readings"));
  }
}
