package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node goes out of service, by HTTP and by SIGTERM, while clients are connected to it. */
class DrainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration DURATION = Duration.ofSeconds(2);
  private static final Duration END = DURATION.plusSeconds(10);
  private static final int CLIENTS = 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  @TempDir private static Path log;
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        StandaloneGateway.start(
            "it/drain.yaml",
            Map.of(
                "openclaw.drain.duration",
                DURATION.toMillis() + "ms",
                "openclaw.log.type",
                "file",
                "openclaw.log.file.directory",
                log.toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private static URI socket() {
    return gateway.server().webSocketUri();
  }

  private static HttpResponse<String> ask(String method, String path, String... roles)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.server().uri().resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + gateway.token("ops", roles))
            .method(method, BodyPublishers.noBody())
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String state() {
    try {
      return json(ask("GET", "api/v1/drain", "admin")).getString("state");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private static TestClient subscriber() {
    TestClient client = TestClient.connect(socket(), null);
    client.subscribe("public/numbers");
    return client;
  }

  /**
   * What a client saw until it was sent away.
   *
   * @param numbers that were published meanwhile
   * @param position of the last of them
   */
  private record Stay(List<Integer> numbers, long position, JsonObject goodbye, long endNanos) {
    static Stay of(TestClient client) {
      List<Integer> numbers = new ArrayList<>();
      long position = 0;
      JsonObject next = client.await(Stay::counts);
      while (next.getString("op").equals("pub")) {
        numbers.add(next.getInt("data"));
        position = next.getJsonNumber("offset").longValue();
        next = client.await(Stay::counts);
      }
      return new Stay(numbers, position, next, System.nanoTime());
    }

    private static boolean counts(JsonObject message) {
      return List.of("pub", "goodbye").contains(message.getString("op"));
    }
  }

  /** Publishes 1, 2, 3… until it is sent away, and returns the last that was answered. */
  private static int publishUntilGoodbye(TestClient publisher) {
    int number = 0;
    while (isPublished(publisher, number + 1)) {
      number++;
    }
    return number;
  }

  private static boolean isPublished(TestClient publisher, int number) {
    try {
      publisher.send(
          "{\"op\":\"publish\",\"id\":1,\"topic\":\"public/numbers\",\"data\":" + number + "}");
    } catch (CompletionException e) {
      // The goodbye has come, and the close, before we looked.
      publisher.await("goodbye");
      return false;
    }
    JsonObject answer =
        publisher.await(m -> List.of("published", "goodbye").contains(m.getString("op")));
    return answer.getString("op").equals("published");
  }

  private static void run(Runnable task) {
    new Thread(task).start();
  }

  @Test
  void goesOutOfServiceByHttpAndBack() throws Exception {
    TestClient client = subscriber();
    assertEquals("serving", state());
    assertEquals(200, ask("POST", "api/v1/drain", "admin").statusCode());
    HttpResponse<String> ready = ask("GET", "health/ready");
    assertEquals(503, ready.statusCode());
    assertTrue(ready.body().contains("\"sessions\":\"draining\""), ready.body());
    JsonObject goodbye = client.await("goodbye");
    assertEquals(4000, goodbye.getInt("code"));
    assertTrue(goodbye.getBoolean("reconnect"));
    assertEquals(4000, client.awaitClose());
    Awaitility.await().atMost(PATIENCE).until(() -> state().equals("drained"));
    assertEquals(503, Knock.at(socket()).status());

    assertEquals(200, ask("DELETE", "api/v1/drain", "admin").statusCode());
    gateway.server().awaitReady();
    assertEquals("serving", state());
    try (TestClient again = subscriber();
        TestClient publisher = TestClient.connect(socket(), gateway.token("ann", "admin"))) {
      publisher.send("{\"op\":\"publish\",\"topic\":\"public/numbers\",\"data\":7}");
      assertEquals(7, again.await("pub").getInt("data"));
    }
  }

  @Test
  void onlyThoseWhomThePolicyGrantsItMayTakeANodeOutOfService() throws Exception {
    assertEquals(403, ask("POST", "api/v1/drain").statusCode());
    assertEquals(403, ask("DELETE", "api/v1/drain").statusCode());
    assertEquals(403, ask("GET", "api/v1/drain").statusCode());
    assertTrue(gateway.server().isReady());
  }

  @Test
  void sendsItsClientsAwayOneAfterTheOtherAndNothingIsLostWhenItIsToldToEnd() throws Exception {
    JsonObject start = json(ask("GET", "api/v1/topics/public/numbers", "admin"));
    List<TestClient> clients = IntStream.range(0, CLIENTS).mapToObj(i -> subscriber()).toList();
    TestClient publisher = TestClient.connect(socket(), gateway.token("ann", "admin"));
    CompletableFuture<Integer> published =
        CompletableFuture.supplyAsync(() -> publishUntilGoodbye(publisher));
    List<CompletableFuture<Stay>> stays =
        clients.stream()
            .map(client -> CompletableFuture.supplyAsync(() -> Stay.of(client), DrainIT::run))
            .toList();
    long told = System.nanoTime();
    ProcessHandle.of(gateway.server().pid()).orElseThrow().destroy();
    Awaitility.await().atMost(PATIENCE).until(() -> !gateway.server().isReady());
    CompletableFuture.allOf(stays.toArray(CompletableFuture[]::new)).get(12, TimeUnit.SECONDS);

    long first = Long.MAX_VALUE;
    long last = 0;
    for (CompletableFuture<Stay> each : stays) {
      Stay stay = each.join();
      assertEquals(4000, stay.goodbye().getInt("code"));
      assertEquals(1_000, stay.goodbye().getJsonArray("after").getInt(1));
      assertEquals(
          IntStream.rangeClosed(1, stay.numbers().size()).boxed().toList(), stay.numbers());
      first = Math.min(first, stay.endNanos());
      last = Math.max(last, stay.endNanos());
    }
    Duration spread = Duration.ofNanos(last - first);
    assertTrue(spread.compareTo(DURATION.dividedBy(2)) > 0, "within " + spread);
    assertTrue(published.get(12, TimeUnit.SECONDS) > 0);
    long left = END.toNanos() - (System.nanoTime() - told);
    gateway.server().exit().get(left, TimeUnit.NANOSECONDS);
    gateway.server().restart();
    for (CompletableFuture<Stay> each : stays) {
      resumes(start, each.join(), published.join());
    }
  }

  /** What came after the goodbye, up to the last that was acknowledged, in order, and no other. */
  private static void resumes(JsonObject start, Stay stay, int published) {
    long position = Math.max(start.getJsonNumber("offset").longValue(), stay.position());
    try (TestClient again = TestClient.connect(socket(), null)) {
      again.send(
          "{\"op\":\"subscribe\",\"topic\":\"public/numbers\",\"since\":{\"epoch\":\""
              + start.getString("epoch")
              + "\",\"offset\":"
              + position
              + "}}");
      assertTrue(again.await("subscribed").getBoolean("recovered"));
      for (int number = stay.numbers().size() + 1; number <= published; number++) {
        assertEquals(number, again.await("pub").getInt("data"));
      }
    }
  }
}
