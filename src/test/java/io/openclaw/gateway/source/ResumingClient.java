package io.openclaw.gateway.source;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that comes back after every cut and resumes since its position, as {@code
 * docs/protocol.md} says. Notes every publication and every gap in the order they come in.
 * <i>Thread-safe.</i>
 */
public final class ResumingClient implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(200);

  private final URI uri;
  private final String pattern;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Integer> numbers = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private @Nullable String epoch;
  private long offset;
  private @Nullable WebSocket socket;
  private boolean closed;

  /** A gap as it was told, and how many publications had been received before it. */
  public record Gap(String reason, String epoch, int after) {}

  private ResumingClient(URI uri, String pattern) {
    this.uri = uri;
    this.pattern = pattern;
  }

  /** Connects and subscribes, again and again until it works. */
  public static ResumingClient connect(URI uri, String pattern) {
    ResumingClient client = new ResumingClient(uri, pattern);
    client.connect();
    return client;
  }

  /** The field {@code n} of everything received, of a row of a table too. */
  public synchronized List<Integer> numbers() {
    return List.copyOf(numbers);
  }

  public synchronized int count() {
    return numbers.size();
  }

  public synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }

  public synchronized boolean isSubscribed() {
    return epoch != null;
  }

  /** Cuts the connection without a word; the client comes back by itself. */
  public void cut() {
    WebSocket now;
    synchronized (this) {
      now = socket;
    }
    if (now != null) {
      now.abort();
      lost(now);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.abort();
    }
  }

  private void connect() {
    http.newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(5))
        .buildAsync(uri, new Listener())
        .whenComplete((opened, failure) -> connected(opened, failure));
  }

  private void connected(@Nullable WebSocket opened, @Nullable Throwable failure) {
    if (failure != null || opened == null) {
      connectLater();
    }
  }

  private void connectLater() {
    Executor later = CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS);
    later.execute(
        () -> {
          synchronized (this) {
            if (closed) {
              return;
            }
          }
          connect();
        });
  }

  private synchronized void opened(WebSocket opened) {
    socket = opened;
    String since =
        epoch == null ? "" : ",\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
    opened.sendText(
        "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"" + pattern + "\"" + since + "}", true);
  }

  private synchronized void lost(WebSocket gone) {
    if (socket == gone) {
      socket = null;
      connectLater();
    }
  }

  private synchronized void received(WebSocket from, String text) {
    if (socket != from) {
      return;
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonStructure frame = reader.read();
      if (frame instanceof JsonArray batch) {
        batch.forEach(this::message);
      } else {
        message(frame);
      }
    }
  }

  private void message(JsonValue value) {
    JsonObject message = value.asJsonObject();
    switch (message.getString("op")) {
      case "subscribed" -> {
        if (epoch == null) {
          epoch = message.getString("epoch");
          offset = message.getJsonNumber("offset").longValue();
        }
      }
      case "pub" -> {
        JsonObject data = message.getJsonObject("data");
        numbers.add((data.containsKey("row") ? data.getJsonObject("row") : data).getInt("n"));
        offset = message.getJsonNumber("offset").longValue();
      }
      case "gap" -> {
        gaps.add(new Gap(message.getString("reason"), message.getString("epoch"), numbers.size()));
        epoch = message.getString("epoch");
        offset = message.getJsonNumber("to").longValue();
      }
      default -> {}
    }
  }

  /** Collects the parts of a frame. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder frame = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      opened(opened);
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      frame.append(part);
      if (last) {
        received(from, frame.toString());
        frame.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      lost(from);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      lost(from);
    }
  }
}
