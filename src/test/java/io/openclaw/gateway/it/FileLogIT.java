package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in files, with the server killed under load. */
class FileLogIT {
  private static final int BEFORE_THE_KILL = 200;
  private static final long SEEN = 20;

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);

  @Test
  void clientsResumeWithoutAGapAfterTheServerWasKilled() throws Exception {
    try (StandaloneGateway gateway =
        StandaloneGateway.start(
            "it/log.yaml",
            Map.of(
                "openclaw.log.type",
                "file",
                "openclaw.log.file.directory",
                directory.toString()))) {
      String token = gateway.token("anna", "clerk");
      Thread publisher = new Thread(() -> publishUntilItFails(gateway, token));
      publisher.start();
      enough.await();
      gateway.server().kill();
      publisher.join();
      gateway.server().restart();
      resume(gateway, token);
      JsonObject more = publish(gateway, token, 1_000_000);
      assertTrue(more.getJsonNumber("offset").longValue() > acknowledged.size());
    }
  }

  private void publishUntilItFails(StandaloneGateway gateway, String token) {
    try {
      for (long number = 1; ; number++) {
        JsonObject answer = publish(gateway, token, number);
        acknowledged.put(
            answer.getJsonNumber("offset").longValue(), number + " " + answer.getString("epoch"));
        enough.countDown();
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  private JsonObject publish(StandaloneGateway gateway, String token, long number)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.server().uri().resolve("api/v1/publish"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"topic\":\"numbers/all\",\"data\":" + number + "}"))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode(), response.body());
      try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
        return reader.readObject();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** A client that had seen the first ones gets all others that were acknowledged, in order. */
  private void resume(StandaloneGateway gateway, String token) {
    String epoch = acknowledged.getOrDefault(SEEN, "").split(" ")[1];
    try (TestClient client = TestClient.connect(gateway.server().webSocketUri(), token)) {
      client.send(
          "{\"op\":\"subscribe\",\"topic\":\"numbers/#\",\"since\":{\"epoch\":\""
              + epoch
              + "\",\"offset\":"
              + SEEN
              + "}}");
      JsonObject subscribed = client.await("subscribed");
      assertTrue(subscribed.getBoolean("recovered"), subscribed.toString());
      assertEquals(epoch, subscribed.getString("epoch"));
      Map<Long, String> got = new TreeMap<>();
      for (JsonObject next = next(client); next != null; next = next(client)) {
        got.put(next.getJsonNumber("offset").longValue(), next.get("data") + " " + epoch);
      }
      acknowledged.forEach(
          (offset, number) -> {
            if (offset > SEEN) {
              assertEquals(number, got.get(offset));
            }
          });
    }
  }

  /** The next publication, or null if it is up to date. */
  private static @Nullable JsonObject next(TestClient client) {
    JsonObject next = client.await(message -> !"ping".equals(message.getString("op")));
    return "pub".equals(next.getString("op")) ? next : live(next);
  }

  private static @Nullable JsonObject live(JsonObject message) {
    assertEquals("live", message.getString("op"), message.toString());
    return null;
  }
}
