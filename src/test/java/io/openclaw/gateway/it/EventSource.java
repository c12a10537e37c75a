package io.openclaw.gateway.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stream of server-sent events, line by line. <i>Confined to the test's thread.</i> */
final class EventSource implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Stream<String> stream;
  private final Iterator<String> lines;

  private EventSource(Stream<String> stream) {
    this.stream = stream;
    this.lines = stream.iterator();
  }

  /** Opens the stream and waits until it is live. */
  static EventSource open(URI uri, @Nullable String lastEventId) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
    EventSource source = new EventSource(response.body());
    source.awaitLine("event: live");
    return source;
  }

  /** Whether an event with this text in its data comes; those before it are dropped. */
  boolean awaitData(String text) throws Exception {
    return awaitLine("data: ", text);
  }

  private boolean awaitLine(String start, String... parts) throws Exception {
    return CompletableFuture.supplyAsync(() -> find(start, parts))
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean find(String start, String... parts) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(start) && Stream.of(parts).allMatch(line::contains)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    stream.close();
  }
}
