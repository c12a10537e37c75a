package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds on all nodes of a cluster; the second node joined when some of it was said already.
 */
class ClusterIT {
  private static final String CONFIGURATION =
      """
      access:
        - who: anyone
          may: subscribe
          topics: ["#"]
        - who: {role: admin}
          may: all
          topics: ["#", "$sys/#"]
      sources:
        camel:
          - {file: every.yaml, exclusive: true}
      """;
  private static final String EVERY =
      """
      - route:
          from:
            uri: timer:every?period=100
            steps:
              - setBody: {constant: "1"}
              - to: openclaw:every
      """;
  private static final String ADDED = "{\"queue\": \"%s\", \"topic\": \"hot\"}";

  @TempDir private static Path folder;
  private static TwoNodes nodes;

  @BeforeAll
  static void start() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Files.writeString(routes.resolve("every.yaml"), EVERY);
    Path config = Files.writeString(folder.resolve("openclaw.yaml"), CONFIGURATION);
    nodes =
        TwoNodes.startOne(
            config,
            Map.of(
                "openclaw.camel.routes",
                routes.toString(),
                "openclaw.limits.sessions-per-user",
                "3"));
    assertEquals(200, ask(0, "POST", "revocations", "{\"user\": \"gone\"}").statusCode());
    assertEquals(200, ask(0, "PUT", "sources/jms:early", ADDED.formatted("early")).statusCode());
    assertEquals(200, ask(0, "POST", "sources/jms:early/pause", "").statusCode());
    nodes.startSecond();
  }

  @AfterAll
  static void stop() throws Exception {
    nodes.close();
  }

  private static HttpResponse<String> ask(int node, String method, String path, String body)
      throws Exception {
    return nodes.ask(node, method, "api/v1/" + path, body);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    return parsed(answer).asJsonObject();
  }

  private static JsonStructure parsed(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).read();
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(Duration.ofSeconds(60)).ignoreExceptions();
  }

  private static String state(int node, String source) throws Exception {
    HttpResponse<String> answer = ask(node, "GET", "sources/" + source, "");
    return answer.statusCode() == 200 ? json(answer).getString("state") : "" + answer.statusCode();
  }

  private static String idOf(String user) throws Exception {
    return json(ask(0, "GET", "sessions?user=" + user, ""))
        .getJsonArray("items")
        .getJsonObject(0)
        .getString("session");
  }

  @Test
  void sessionsOfAllNodesAreListedWithTheirNode() throws Exception {
    try (TestClient first = nodes.connect(0, "ann");
        TestClient second = nodes.connect(1, "ann")) {
      first.subscribe("stock/#");
      second.subscribe("stock/#");
      JsonObject page = json(ask(0, "GET", "sessions?user=ann", ""));
      Set<String> names =
          page.getJsonArray("items").getValuesAs(JsonObject.class).stream()
              .map(item -> item.getString("node"))
              .collect(Collectors.toSet());
      assertEquals(2, names.size());
      assertFalse(page.containsKey("missing"));
      JsonObject one = json(ask(1, "GET", "sessions?user=ann&limit=1", ""));
      assertTrue(one.getBoolean("more"));
      for (JsonObject item : page.getJsonArray("items").getValuesAs(JsonObject.class)) {
        JsonObject view = json(ask(0, "GET", "sessions/" + item.getString("session"), ""));
        assertEquals(
            "stock/#", ((JsonString) view.getJsonArray("subscriptions").get(0)).getString());
      }
    }
  }

  @Test
  void topicsAreListedWithTheSubscribersOfAllNodes() throws Exception {
    try (TestClient first = nodes.connect(0, "tom");
        TestClient second = nodes.connect(1, "tom")) {
      first.subscribe("weather/rain");
      second.subscribe("weather/rain");
      JsonObject page = json(ask(1, "GET", "topics?after=weather&limit=1", ""));
      JsonObject item = page.getJsonArray("items").getJsonObject(0);
      assertEquals("weather/rain", item.getString("topic"));
      assertEquals(2, item.getInt("subscribers"));
      assertEquals(2, item.getJsonObject("nodes").size());
    }
  }

  @Test
  void aSessionIsEndedOnWhateverNodeItIs() throws Exception {
    try (TestClient client = nodes.connect(1, "kim")) {
      assertEquals(204, ask(0, "DELETE", "sessions/" + idOf("kim"), "").statusCode());
      assertEquals(4503, client.awaitClose());
    }
    assertEquals(404, ask(0, "DELETE", "sessions/nobody", "").statusCode());
  }

  @Test
  void aRevocationReachesAllNodes() throws Exception {
    try (TestClient client = nodes.connect(1, "eve")) {
      JsonObject answer = json(ask(0, "POST", "revocations", "{\"user\": \"eve\"}"));
      assertEquals(1, answer.getInt("sessions"));
      assertEquals(4503, client.awaitClose());
    }
  }

  @Test
  void aNodeThatJoinsKnowsWhatWasRevoked() throws Exception {
    assertTrue(ask(1, "GET", "revocations", "").body().contains("\"gone\""));
  }

  @Test
  void aTicketIsGoodForOneNode() throws Exception {
    String ticket = json(ask(0, "POST", "tickets", "")).getString("ticket");
    TestClient.connect(withTicket(1, ticket), null).close();
    for (int node = 0; node < 2; node++) {
      URI again = withTicket(node, ticket);
      assertThrows(CompletionException.class, () -> TestClient.connect(again, null));
    }
  }

  private static URI withTicket(int node, String ticket) {
    return URI.create(nodes.get(node).webSocketUri() + "?ticket=" + ticket);
  }

  @Test
  void aUserHasSoManySessionsOnAllNodesTogether() throws Exception {
    List<TestClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        clients.add(nodes.connect(0, "max"));
      }
      await("a refusal by the other node")
          .until(
              () -> {
                try (TestClient another = nodes.connect(1, "max")) {
                  return false;
                } catch (CompletionException refused) {
                  return true;
                }
              });
    } finally {
      clients.forEach(TestClient::close);
    }
  }

  @Test
  void aNodeThatJoinsHasTheSourcesThatWereAddedAsTheyAre() throws Exception {
    await("paused there too").until(() -> state(1, "jms:early").equals("paused"));
  }

  @Test
  void sourcesAreAddedPausedAndRemovedOnAllNodes() throws Exception {
    assertEquals(200, ask(0, "PUT", "sources/jms:late", ADDED.formatted("late")).statusCode());
    await("there").until(() -> state(1, "jms:late").equals("up"));
    assertEquals(200, ask(1, "POST", "sources/jms:late/pause", "").statusCode());
    await("paused").until(() -> state(0, "jms:late").equals("paused"));
    assertEquals(200, ask(0, "POST", "sources/jms:late/resume", "").statusCode());
    await("resumed").until(() -> state(1, "jms:late").equals("up"));
    assertEquals(204, ask(1, "DELETE", "sources/jms:late", "").statusCode());
    await("gone").until(() -> state(0, "jms:late").equals("404"));
  }

  @Test
  void anExclusiveSourceIsReadByTheOtherNodeWhenItsReaderStandsStill() throws Exception {
    String source = "camel:every";
    await("one reads").until(() -> reader(source) >= 0);
    int reader = reader(source);
    int other = 1 - reader;
    nodes.signal(reader, "STOP");
    try {
      await("the other reads").until(() -> state(other, source).equals("up"));
    } finally {
      nodes.signal(reader, "CONT");
    }
    long taken = accepted(reader, source);
    await("it stands by").until(() -> state(reader, source).equals("standby"));
    assertTrue(accepted(reader, source) <= taken);
    assertEquals("up", state(other, source));
    await("both are one cluster").until(() -> reader(source) == other);
    try (TestClient one = nodes.connect(0, "zoe");
        TestClient two = nodes.connect(1, "zoe")) {
      await("and hear each other").until(() -> listed(0, "zoe") == 2 && listed(1, "zoe") == 2);
      one.subscribe("a");
      two.subscribe("a");
    }
  }

  private static int listed(int node, String user) throws Exception {
    return json(ask(node, "GET", "sessions?user=" + user, "")).getJsonArray("items").size();
  }

  /** Which node reads while the other stands by and knows it; -1: none. */
  private static int reader(String source) throws Exception {
    for (int node = 0; node < 2; node++) {
      if (state(node, source).equals("up")
          && json(ask(1 - node, "GET", "sources/" + source, ""))
              .getString("reason", "")
              .startsWith("read by ")) {
        return node;
      }
    }
    return -1;
  }

  private static long accepted(int node, String source) throws Exception {
    return json(ask(node, "GET", "sources/" + source, "")).getJsonNumber("accepted").longValue();
  }
}
