package io.openclaw.gateway.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks the protocol plainly: sends what it is given, and keeps what comes until it
 * is asked for. <i>Confined to the test's thread.</i>
 */
public final class TestClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<JsonObject> arrived = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private TestClient(URI uri, @Nullable String token) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    this.socket = builder.connectTimeout(PATIENCE).buildAsync(uri, new Listener()).join();
  }

  /** Connects and takes the welcome; without a token when it is null. */
  public static TestClient connect(URI uri, @Nullable String token) {
    TestClient client = new TestClient(uri, token);
    client.await("welcome");
    return client;
  }

  /** Sends one text frame as it is. */
  public void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** Subscribes and takes what answers it, up to {@code live}. */
  public void subscribe(String pattern) {
    send("{\"op\":\"subscribe\",\"topic\":\"" + pattern + "\"}");
    await(message -> isOp(message, "live") && pattern.equals(message.getString("topic", "")));
  }

  /** The next message with this {@code op}; those before it are dropped. */
  public JsonObject await(String op) {
    return await(message -> isOp(message, op));
  }

  /** The next message that is meant; those before it are dropped. */
  public JsonObject await(Predicate<JsonObject> meant) {
    List<JsonObject> dropped = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (JsonObject next = poll(end); next != null; next = poll(end)) {
      if (meant.test(next)) {
        return next;
      }
      dropped.add(next);
    }
    throw new AssertionError("what was waited for did not come, but " + dropped);
  }

  /** The code that the server closed with. */
  public int awaitClose() {
    return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Cuts the connection without a word. */
  public void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(e -> socket).join();
    socket.abort();
  }

  private static boolean isOp(JsonObject message, String op) {
    return op.equals(message.getString("op", ""));
  }

  private @Nullable JsonObject poll(long endNanos) {
    try {
      return arrived.poll(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder frame = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        take(frame.toString());
        frame.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    private void take(String text) {
      try (JsonReader reader = Json.createReader(new StringReader(text))) {
        JsonStructure read = reader.read();
        if (read instanceof JsonArray batch) {
          arrived.addAll(batch.getValuesAs(JsonObject.class));
        } else {
          arrived.add(read.asJsonObject());
        }
      }
    }
  }
}
