package io.openclaw.gateway.lab;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Posts some events in each request, to one node until that fails, then to the next. */
final class HttpPublisher extends Publisher {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Node> nodes;
  private final String token;
  private @Nullable HttpClient http;
  private int next;

  HttpPublisher(Ledger ledger, int perSecond, List<Node> nodes, String token) {
    super("http", ledger, perSecond);
    this.nodes = nodes;
    this.token = token;
  }

  @Override
  List<Sending> send(List<Event> events, long firstNanos) throws Exception {
    HttpResponse<String> response =
        client().send(request(events), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return sendings(events, reader.readArray(), firstNanos);
    }
  }

  private static List<Sending> sendings(List<Event> events, JsonArray answers, long firstNanos)
      throws IOException {
    List<Sending> sendings = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonObject answer = answers.getJsonObject(i);
      if (!answer.containsKey("offset")) {
        throw new IOException(answer.toString());
      }
      Sending.Place place =
          new Sending.Place(answer.getString("epoch"), answer.getJsonNumber("offset").longValue());
      Event event = events.get(i);
      sendings.add(new Sending(event.number(), event.topic(), firstNanos, place));
    }
    return sendings;
  }

  private HttpRequest request(List<Event> events) {
    int port = nodes.get(next % nodes.size()).address().getPort();
    long now = System.nanoTime();
    String body =
        events.stream().map(event -> event.toJson(now)).collect(Collectors.joining(",", "[", "]"));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/publish"))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpClient client() {
    HttpClient open = http;
    if (open == null) {
      open =
          HttpClient.newBuilder()
              .connectTimeout(LIMIT)
              .version(HttpClient.Version.HTTP_1_1)
              .build();
      http = open;
    }
    return open;
  }

  /** The next request goes to the next node. */
  @Override
  void disconnect() {
    next++;
    http = null;
  }
}
