package io.openclaw.gateway.lab;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes over a WebSocket by a schedule that nothing delays, one frame for each event, with the
 * moment when it was due. Not for times of faults: what is not answered stays in doubt.
 */
final class SocketPublisher implements WebSocket.Listener {
  private final Ledger ledger;
  private final WebSocket socket;
  private final Map<Long, Event> unanswered = new ConcurrentHashMap<>();
  private final StringBuilder frame = new StringBuilder();
  private volatile String trouble = "";

  SocketPublisher(Ledger ledger, Node node, String token) {
    this.ledger = ledger;
    URI uri = URI.create("ws://127.0.0.1:" + node.address().getPort() + "/ws");
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(uri, this)
            .join();
  }

  /** Publishes for so many seconds, and waits a little for the last answers. */
  void publish(int perSecond, int seconds) {
    long began = System.nanoTime();
    long count = (long) perSecond * seconds;
    for (long i = 0; i < count; i++) {
      long due = began + TimeUnit.SECONDS.toNanos(i) / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      publish(due);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!unanswered.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private void publish(long dueNanos) {
    Event event = ledger.next();
    unanswered.put(event.number(), event);
    String text =
        String.format(
            Locale.ROOT,
            "{\"op\":\"publish\",\"id\":%d,\"topic\":\"%s\",\"data\":%s}",
            event.number(),
            event.topicName(),
            event.data(dueNanos));
    socket.sendText(text, true).join();
  }

  /** What went wrong; empty if nothing did. */
  String trouble() {
    return unanswered.isEmpty() ? trouble : unanswered.size() + " are not answered " + trouble;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    frame.append(data);
    if (last) {
      try (JsonReader reader = Json.createReader(new StringReader(frame.toString()))) {
        JsonStructure read = reader.read();
        if (read instanceof JsonArray batch) {
          batch.getValuesAs(JsonObject.class).forEach(this::take);
        } else {
          take(read.asJsonObject());
        }
      }
      frame.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(JsonObject message) {
    switch (message.getString("op")) {
      case "published" -> {
        Event event = unanswered.remove(message.getJsonNumber("id").longValue());
        if (event != null) {
          long offset = message.getJsonNumber("offset").longValue();
          Sending.Place place = new Sending.Place(message.getString("epoch"), offset);
          ledger.sent(new Sending(event.number(), event.topic(), 0, place));
        }
      }
      case "error", "goodbye" -> trouble = message.toString();
      default -> {}
    }
  }
}
