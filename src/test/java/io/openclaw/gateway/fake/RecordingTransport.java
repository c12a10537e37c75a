package io.openclaw.gateway.fake;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that remembers what was sent over it. Each write is completed by {@code network}: at
 * once, later, or never. Thread-safe.
 */
public final class RecordingTransport implements Transport {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());

  private final Consumer<Completion> network;
  private final List<String> frames = new ArrayList<>();
  private final List<Completion> inFlight = new ArrayList<>();
  private boolean broken;
  private int pings;
  private int closeCode;
  private @Nullable String closeReason;

  private RecordingTransport(Consumer<Completion> network) {
    this.network = network;
  }

  /** Tells of each write before {@link #send} returns. */
  public static RecordingTransport immediate() {
    return new RecordingTransport(Completion::sent);
  }

  /** Tells of a write when {@link #complete()} or {@link #fail()} is called. */
  public static RecordingTransport manual() {
    return new RecordingTransport(completion -> {});
  }

  /** Leaves it to {@code network} to tell of each write. */
  public static RecordingTransport over(Consumer<Completion> network) {
    return new RecordingTransport(network);
  }

  @Override
  public void send(Frame frame, Completion completion) {
    synchronized (this) {
      frames.add(frame.text());
      inFlight.add(completion);
      broken |= inFlight.size() > 1 || closeCode != 0;
    }
    network.accept(
        new Completion() {
          @Override
          public void sent() {
            forget(completion);
            completion.sent();
          }

          @Override
          public void failed() {
            forget(completion);
            completion.failed();
          }
        });
  }

  private synchronized void forget(Completion completion) {
    inFlight.remove(completion);
  }

  private synchronized Completion takeInFlight() {
    return inFlight.remove(0);
  }

  /** Tells that the write in flight was taken. */
  public void complete() {
    takeInFlight().sent();
  }

  /** Tells that the write in flight could not be sent. */
  public void fail() {
    takeInFlight().failed();
  }

  @Override
  public synchronized void ping() {
    pings++;
  }

  @Override
  public synchronized void close(int code, String reason) {
    broken |= closeCode != 0;
    closeCode = code;
    closeReason = reason;
  }

  /** Whether the session ever had two writes in flight, wrote after its close or closed twice. */
  public synchronized boolean wasMisused() {
    return broken;
  }

  /** The frames so far. */
  public synchronized List<String> frames() {
    return List.copyOf(frames);
  }

  /** Whether a write has not been completed. */
  public synchronized boolean isWriting() {
    return !inFlight.isEmpty();
  }

  /** WebSocket ping frames so far. */
  public synchronized int pings() {
    return pings;
  }

  /** The code it was closed with; 0 if it is open. */
  public synchronized int closeCode() {
    return closeCode;
  }

  /** The reason it was closed with, or null if it is open. */
  public synchronized @Nullable String closeReason() {
    return closeReason;
  }

  /** The messages so far, those of a batch one by one. */
  public List<JsonObject> messages() {
    return frames().stream().flatMap(frame -> parse(frame).stream()).toList();
  }

  /** The messages of one frame. */
  public static List<JsonObject> parse(String frame) {
    try (JsonReader reader = READERS.createReader(new StringReader(frame))) {
      JsonStructure json = reader.read();
      return json instanceof JsonArray array
          ? array.stream().map(JsonValue::asJsonObject).toList()
          : List.of(json.asJsonObject());
    }
  }
}
