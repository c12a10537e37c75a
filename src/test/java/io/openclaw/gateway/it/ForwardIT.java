package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.BrokerProcess;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Publications that go to the broker first, and services that are asked over it. */
class ForwardIT {
  private static final long PATIENCE_MILLIS = 20_000;
  private static final int WINDOW = 50;
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        StandaloneGateway.start(
            "it/forward.yaml", Map.of("openclaw.forward.claims", "dept,org.unit"));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static JMSContext broker() {
    return Broker.connectionFactory(gateway.brokerPort()).createContext();
  }

  private static TestClient connect(String user) {
    return TestClient.connect(gateway.server().webSocketUri(), gateway.token(user));
  }

  private static Message take(JMSContext context, String queue) {
    try (JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      return assertNotNullMessage(consumer.receive(PATIENCE_MILLIS));
    }
  }

  private static Message assertNotNullMessage(@Nullable Message message) {
    assertNotNull(message, "no message");
    return message;
  }

  /** All properties that JMS and the broker have not made. */
  private static Map<String, String> properties(Message message) throws JMSException {
    Map<String, String> properties = new TreeMap<>();
    for (Object name : Collections.list(message.getPropertyNames())) {
      if (!name.toString().startsWith("JMSX") && !name.toString().startsWith("_")) {
        properties.put(name.toString(), message.getStringProperty(name.toString()));
      }
    }
    return properties;
  }

  private static String publish(int id, String topic, String eventId, String data) {
    return "{\"op\":\"publish\",\"id\":%d,\"topic\":\"%s\",\"eventId\":\"%s\",\"data\":%s}"
        .formatted(id, topic, eventId, data);
  }

  private static boolean answers(JsonObject message) {
    return message.containsKey("id");
  }

  @Test
  void aPublicationIsAtTheBrokerWhenItIsAnsweredAndThenItIsShown() throws Exception {
    try (TestClient client = connect("ada");
        TestClient viewer = connect("vera");
        JMSContext context = broker()) {
      viewer.subscribe("orders/first");
      client.send(publish(1, "orders/first", "first", "{\"n\":1}"));
      JsonObject published = client.await(ForwardIT::answers);
      assertEquals("published", published.getString("op"));
      JsonObject shown = viewer.await("pub");
      assertEquals(
          published.getJsonNumber("offset").longValue(), shown.getJsonNumber("offset").longValue());
      TextMessage message = (TextMessage) take(context, "orders");
      assertEquals("{\"n\":1}", message.getText());

      client.send(publish(2, "orders/first", "first", "{\"n\":2}"));
      assertEquals(published.getInt("offset"), client.await("published").getInt("offset"));
      client.send(publish(3, "orders/forbidden", "forbidden", "1"));
      assertEquals("forbidden", client.await("error").getString("code"));
      client.send(publish(4, "orders/first", "last", "{\"n\":3}"));
      client.await("published");
      assertEquals("{\"n\":3}", ((TextMessage) take(context, "orders")).getText());
    }
  }

  @Test
  void whoSentItIsTheGatewaysWordAndNothingOfTheMessageCanChangeIt() throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject("ada")
            .claim("dept", "sales")
            .claim("org", Map.of("unit", "eu"))
            .claim("secret", "not forwarded")
            .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
            .build();
    try (TestClient client =
            TestClient.connect(gateway.server().webSocketUri(), gateway.token(claims));
        JMSContext context = broker()) {
      client.send(
          """
          {"op":"publish","id":1,"topic":"commands/forged","key":"k","eventId":"openclaw_user=root",
           "openclaw_user":"root","openclaw_issuer":"x","claim_dept":"it","session":"s",
           "properties":{"openclaw_user":"root"},"traceparent":"00-x","_AMQ_DUPL_ID":"1",
           "data":{"openclaw_user":"root","claim_dept":"it"}}
          """);
      client.await("published");
      Message message = take(context, "commands");
      Map<String, String> properties = properties(message);
      assertNotNull(properties.remove("eventId"));
      assertTrue(properties.getOrDefault("openclaw_session", "").length() > 15);
      properties.remove("openclaw_session");
      assertEquals(
          Map.of(
              "topic", "commands/forged",
              "key", "k",
              "openclaw_client_event_id", "openclaw_user=root",
              "openclaw_user", "ada",
              "openclaw_issuer", "",
              "claim_dept", "sales",
              "claim_org_unit", "eu"),
          properties);
    }
    try (TestClient nobody = TestClient.connect(gateway.server().webSocketUri(), null);
        JMSContext context = broker()) {
      nobody.send(publish(1, "commands/a", "nobody", "1"));
      nobody.await("published");
      Map<String, String> properties = properties(take(context, "commands"));
      assertTrue(properties.keySet().stream().noneMatch(name -> name.startsWith("claim_")));
      assertTrue(!properties.containsKey("openclaw_user"), properties.toString());
    }
  }

  @Test
  void whatOneSessionPublishesKeepsItsOrderAndACommandIsNotShown() throws Exception {
    int count = 300;
    try (TestClient client = connect("bob");
        JMSContext context = broker()) {
      client.subscribe("commands/#");
      for (int i = 0; i < count; i++) {
        client.send(publish(i, "commands/" + i % 3, "order-" + i, String.valueOf(i)));
      }
      for (int i = 0; i < count; i++) {
        assertEquals(
            "published", client.await(m -> !m.getString("op").equals("ping")).getString("op"));
      }
      List<Integer> numbers = numbers(context, "commands");
      assertEquals(IntStream.range(0, count).boxed().toList(), numbers);
    }
  }

  private static List<Integer> numbers(JMSContext context, String queue) throws JMSException {
    List<Integer> numbers = new ArrayList<>();
    try (JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      Message next = consumer.receive(PATIENCE_MILLIS);
      while (next != null) {
        numbers.add(Integer.valueOf(((TextMessage) next).getText()));
        next = consumer.receive(500);
      }
    }
    return numbers;
  }

  @Test
  void publishesOverHttpToo() throws Exception {
    try (JMSContext context = broker();
        JMSConsumer news = context.createConsumer(context.createTopic("news"))) {
      HttpResponse<String> response =
          post(
              """
              [{"topic":"news/a","data":{"n":1},"eventId":"h1","traceparent":"00-%s-%s-01"},
               {"topic":"plain","data":2},
               {"topic":"news/a","data":3,"eventId":"h1"}]
              """
                  .formatted("a".repeat(32), "b".repeat(16)));
      assertEquals(200, response.statusCode(), response.body());
      Message message = assertNotNullMessage(news.receive(PATIENCE_MILLIS));
      assertEquals("{\"n\":1}", ((TextMessage) message).getText());
      assertEquals("carol", message.getStringProperty("openclaw_user"));
      assertEquals(null, message.getStringProperty("openclaw_session"));
      assertTrue(message.getStringProperty("traceparent").startsWith("00-aaaa"));
      assertEquals(null, news.receive(300), "a repetition");
    }
  }

  private static HttpResponse<String> post(String json) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(gateway.server().uri().resolve("api/v1/publish"))
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .header("Authorization", "Bearer " + gateway.token("carol"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String request(int id, String service, String data, int timeoutMillis) {
    return "{\"op\":\"request\",\"id\":%d,\"service\":\"%s\",\"data\":%s,\"timeout\":%d}"
        .formatted(id, service, data, timeoutMillis);
  }

  /** Asks until services can be asked: the gateway finds its way to the broker by itself. */
  private static void awaitServices(TestClient client) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              client.send(request(0, "nobody/is/there", "0", 1));
              return client.await(ForwardIT::answers).getString("code").equals("timeout");
            });
  }

  private static Message reply(JMSContext context, Message to, Message answer) throws JMSException {
    answer.setJMSCorrelationID(to.getJMSCorrelationID());
    context.createProducer().send(to.getJMSReplyTo(), answer);
    return to;
  }

  @Test
  void servicesAreAsked() throws Exception {
    try (TestClient client = connect("dora");
        JMSContext context = broker()) {
      awaitServices(client);
      client.send(request(1, "quotes", "{\"symbol\":\"ACME\"}", 0));
      client.send("{\"op\":\"ping\",\"id\":2}");
      assertEquals(2, client.await(ForwardIT::answers).getInt("id"), "nobody waits for a service");
      Message first = take(context, "quotes");
      assertEquals("{\"symbol\":\"ACME\"}", ((TextMessage) first).getText());
      assertEquals("dora", first.getStringProperty("openclaw_user"));
      reply(context, first, context.createTextMessage("{\"price\":42.5}"));
      JsonObject response = client.await("response");
      assertEquals(1, response.getInt("id"));
      assertEquals("{\"price\":42.5}", response.getJsonObject("data").toString());

      client.send(request(3, "quotes", "1", 0));
      BytesMessage bytes = context.createBytesMessage();
      bytes.writeBytes(new byte[] {0, -1});
      reply(context, take(context, "quotes"), bytes);
      assertEquals("AP8=", client.await("response").getString("data64"));

      client.send(request(4, "quotes", "1", 0));
      Message refusal = context.createTextMessage();
      refusal.setStringProperty("openclaw_error", "there is no ACME");
      refusal.setStringProperty("openclaw_error_code", "not_found");
      reply(context, take(context, "quotes"), refusal);
      JsonObject error = client.await("error");
      assertEquals(
          "not_found there is no ACME", error.getString("code") + " " + error.getString("message"));

      client.send(request(5, "payroll", "1", 0));
      assertEquals("forbidden", client.await("error").getString("code"));
      client.send(request(6, "weather", "1", 0));
      assertEquals("not_found", client.await("error").getString("code"));
    }
  }

  @Test
  void anAnswerThatComesTooLateOrToNobodyIsDropped() throws Exception {
    try (TestClient client = connect("eve");
        TestClient gone = connect("gone");
        JMSContext context = broker()) {
      awaitServices(client);
      client.send(request(1, "quotes", "\"late\"", 300));
      Message late = take(context, "quotes");
      JsonObject error = client.await("error");
      assertEquals("timeout", error.getString("code"));
      assertTrue(error.getBoolean("retry"));
      gone.send(request(1, "quotes", "\"gone\"", 10_000));
      Message toNobody = take(context, "quotes");
      gone.cut();
      client.send(request(2, "quotes", "\"next\"", 0));
      Message next = take(context, "quotes");
      reply(context, late, context.createTextMessage("\"late\""));
      reply(context, toNobody, context.createTextMessage("\"gone\""));
      reply(context, next, context.createTextMessage("\"next\""));
      JsonObject response = client.await(ForwardIT::answers);
      assertEquals("next", response.getString("data"));
      assertEquals(2, response.getInt("id"));
    }
  }

  /**
   * Kills the broker (on WildFly, whose broker is within, the server) while publications are on
   * their way; what was not answered, or by {@code unavailable}, is sent again.
   */
  @Test
  void eachArrivesOnceThoughTheBrokerIsKilled() throws Exception {
    int count = 600;
    TreeSet<Integer> open = new TreeSet<>(IntStream.range(0, count).boxed().toList());
    int kills = 0;
    TestClient client = connect("fred");
    while (!open.isEmpty()) {
      List<Integer> window = open.stream().limit(WINDOW).toList();
      for (int n : window) {
        client.send(publish(n, "orders/" + n % 3, "fault-" + n, String.valueOf(n)));
      }
      if (kills < 3 && open.size() < count - kills * 150) {
        kills++;
        client = kill(client);
      } else {
        collect(client, window, open);
      }
    }
    try (JMSContext context = broker()) {
      List<Integer> numbers = numbers(context, "orders");
      Collections.sort(numbers);
      assertEquals(IntStream.range(0, count).boxed().toList(), numbers);
    }
    client.close();
  }

  /** The same client, or another one where its gateway was killed, too. */
  private static TestClient kill(TestClient client) {
    Optional<BrokerProcess> broker = gateway.broker();
    if (broker.isPresent()) {
      broker.get().kill();
      for (int i = 0; i < WINDOW; i++) {
        client.await(ForwardIT::answers);
      }
      broker.get().restart();
      return client;
    }
    gateway.server().kill();
    gateway.server().restart();
    return connect("fred");
  }

  private static void collect(TestClient client, List<Integer> window, TreeSet<Integer> open) {
    for (int i = 0; i < window.size(); i++) {
      JsonObject answer = client.await(ForwardIT::answers);
      if (answer.getString("op").equals("published")) {
        open.remove(answer.getInt("id"));
      } else {
        assertEquals("unavailable", answer.getString("code"));
      }
    }
  }

  /** What the gateway has forgotten, the broker knows. */
  @Test
  void whatIsRepeatedAfterARestartOfTheGatewayArrivesOnce() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (TestClient client = connect("gina")) {
        for (int n = 0; n < 20; n++) {
          client.send(publish(n, "commands/restart", "restart-" + n, String.valueOf(n)));
        }
        for (int n = 0; n < 20; n++) {
          assertEquals("published", client.await(ForwardIT::answers).getString("op"));
        }
      }
      if (round == 0) {
        gateway.server().kill();
        gateway.server().restart();
      }
    }
    try (JMSContext context = broker()) {
      assertEquals(IntStream.range(0, 20).boxed().toList(), numbers(context, "commands"));
    }
  }
}
