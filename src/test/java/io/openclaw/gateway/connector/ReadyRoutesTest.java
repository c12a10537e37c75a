package io.openclaw.gateway.connector;

import static io.openclaw.gateway.connector.LocalHttp.events;
import static io.openclaw.gateway.connector.LocalHttp.send;
import static io.openclaw.gateway.connector.ReadyRoutes.file;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.hook.HookOutcome;
import io.openclaw.gateway.hook.HookRequest;
import io.openclaw.gateway.hook.Hooks;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.it.RoutesFaultIT;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.camel.RouteFixture;
import io.openclaw.gateway.topic.Payload;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes that need no connector, each with a real neighbour of its kind. */
class ReadyRoutesTest {
  private static final Set<String> HERE = Set.of("timer", "files", "sse", "chat", "webhook");

  private final Hooks hooks = new Hooks();
  private final RouteFixture routes =
      RouteFixture.create(ReadyRoutesTest.class.getClassLoader(), hooks);
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void everyShippedRouteIsTested() throws Exception {
    Set<String> tested = new TreeSet<>(HERE);
    tested.addAll(RoutesFaultIT.ROUTES);
    assertEquals(new TreeSet<>(ReadyRoutes.names()), tested);
  }

  @Test
  void theTimerTellsTheTime() throws Exception {
    routes.run(file("timer"));
    String first = routes.awaitPublications(1).get(0);
    assertTrue(
        first.matches("clock \\{\"time\": \"20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}"),
        first);
  }

  @Test
  void linesOfFilesArriveInOrderAndBrokenOnesArePutAside() throws Exception {
    Files.writeString(directory.resolve("b.jsonl"), "{\"n\": 3}\n");
    Files.writeString(directory.resolve("a.jsonl"), "{\"n\": 1}\n\n{\"n\": 2}\n" + tooLong());
    Files.writeString(directory.resolve("other.txt"), "{\"n\": 4}\n");
    routes.set("files.directory", directory.toString());
    routes.run(file("files"));
    assertEquals(
        List.of("files/a {\"n\": 1}", "files/a {\"n\": 2}", "files/b {\"n\": 3}"),
        routes.awaitPublications(3));
    assertEquals(1, routes.letters().received().size());
    await().until(() -> Files.exists(directory.resolve(".done/b.jsonl")));
    assertTrue(Files.exists(directory.resolve(".done/a.jsonl")));
  }

  private static String tooLong() {
    return "\"" + "x".repeat(RouteFixture.MAX_PAYLOAD_BYTES) + "\"\n";
  }

  @Test
  void aStreamOfEventsIsFollowedAcrossBrokenConnections() throws Exception {
    try (LocalHttp server = LocalHttp.start(this::threeMoreEvents)) {
      routes.set("sse.url", server.address() + "/events?of=prices");
      routes.set("sse.token", "secret-token");
      routes.run(file("sse"));
      List<String> publications = routes.awaitPublications(9).subList(0, 9);
      assertEquals(
          IntStream.rangeClosed(1, 9).mapToObj(n -> "sse/price {\"n\":\n" + n + "}").toList(),
          publications);
      assertEquals(
          List.of(
              "/events?of=prices Bearer secret-token null",
              "/events?of=prices Bearer secret-token 3",
              "/events?of=prices Bearer secret-token 6"),
          List.copyOf(asked).subList(0, 3));
    }
  }

  private void threeMoreEvents(com.sun.net.httpserver.HttpExchange exchange)
      throws java.io.IOException {
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    String who = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(exchange.getRequestURI() + " " + who + " " + last);
    int first = last == null ? 0 : Integer.parseInt(last);
    try (OutputStream stream = events(exchange)) {
      send(stream, ": welcome\nretry: 50\n\n");
      for (int n = first + 1; n <= first + 3; n++) {
        send(stream, "id: " + n + "\r\nevent: price\r\ndata: {\"n\":\r\ndata: " + n + "}\r\n\r\n");
      }
      send(stream, "id: 99\ndata: this one is not whole");
    }
  }

  @Test
  void aStreamThatIsAwayIsDownUntilItIsBack() throws Exception {
    LocalHttp away = LocalHttp.start(this::threeMoreEvents);
    away.close();
    routes.set("sse.url", away.address());
    routes.apply(file("sse"));
    await().until(() -> routes.source("camel:sse").state().status() == Status.DOWN);
  }

  @Test
  void tokensOfAChatBecomePublicationsInOrderWithAnEnd() throws Exception {
    try (LocalHttp server = LocalHttp.start(this::answer)) {
      startChat(server);
      prompt("7", "say \\\"hi\\\"");
      assertEquals(
          List.of(
              "chat/7/prompt {\"text\":\"say \\\"hi\\\"\"}",
              "chat/7/tokens {\"token\": \"Hel\"}",
              "chat/7/tokens {\"token\": \"lo \\\"you\\\"\"}",
              "chat/7/tokens {\"token\": \" 42\"}",
              "chat/7/tokens {\"done\": true}"),
          routes.awaitPublications(5));
      assertTrue(
          asked.get(0).contains("[{\"role\": \"user\", \"content\": \"say \\\"hi\\\"\" } ]"),
          asked.get(0));
      assertTrue(asked.get(0).contains("\"stream\": true"), asked.get(0));
    }
  }

  @Test
  void aChatThatFailsEndsWithAnError() throws Exception {
    try (LocalHttp server = LocalHttp.start(exchange -> exchange.sendResponseHeaders(500, -1))) {
      startChat(server);
      prompt("8", "hi");
      assertEquals(
          "chat/8/tokens {\"done\": true, \"error\": \"the answer could not be had\"}",
          routes.awaitPublications(2).get(1));
    }
  }

  private void startChat(LocalHttp server) throws Exception {
    routes.set("chat.url", server.address());
    routes.set("chat.token", "secret-token");
    routes.run(file("chat"));
  }

  private void prompt(String chat, String text) {
    Payload data = new Payload.Json("{\"text\":\"" + text + "\"}");
    routes
        .ingest()
        .publish(new SourceEvent("chat/" + chat + "/prompt", null, data, false, null, null));
  }

  private void answer(com.sun.net.httpserver.HttpExchange exchange) throws java.io.IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    try (OutputStream stream = events(exchange)) {
      send(stream, "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n");
      for (String token : List.of("Hel", "lo \\\"you\\\"", " 42")) {
        send(stream, "data: {\"choices\":[{\"delta\":{\"content\":\"" + token + "\"}}]}\n\n");
      }
      send(stream, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
      send(stream, "data: [DONE]\n\n");
    }
  }

  @Test
  void aSignedRequestBecomesAPublicationOnceAndAnyOtherIsRefused() throws Exception {
    routes.set("webhook.secret", "it's a secret");
    routes.run(file("webhook"));
    HookRequest good = request("{\"action\":\"opened\"}", "{\"action\":\"opened\"}");
    assertEquals(new HookOutcome.Accepted(), receive(good));
    assertEquals(new HookOutcome.Accepted(), receive(good));
    HookOutcome refused = receive(request("{\"action\":\"closed\"}", "{\"action\":\"opened\"}"));
    assertEquals("unauthorized", ((HookOutcome.Refused) refused).code());
    assertEquals(List.of("hooks/github/issues {\"action\":\"opened\"}"), routes.publications());
    assertEquals(1, routes.source("camel:webhook").counts().duplicates());
  }

  @Test
  void aPausedHookTellsSendersToComeAgain() throws Exception {
    routes.set("webhook.secret", "it's a secret");
    routes.run(file("webhook"));
    routes.source("camel:webhook").pause();
    routes.awaitStatus("camel:webhook", Status.PAUSED);
    HookOutcome outcome = receive(request("{}", "{}"));
    assertEquals("unavailable", ((HookOutcome.Refused) outcome).code());
  }

  private HookOutcome receive(HookRequest request) {
    return hooks.find("github").orElseThrow().receive(request);
  }

  private static HookRequest request(String body, String signed) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("it's a secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    return new HookRequest(
        "",
        Map.of(
            "content-type", "application/json",
            "x-hub-signature-256", "sha256=" + signature,
            "x-github-delivery", "d-1",
            "x-github-event", "issues",
            "openclaw.topic", "forged"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
