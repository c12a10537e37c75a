package io.openclaw.gateway.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** A client that speaks MessagePack. <i>Confined to one thread.</i> */
final class PackedClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Value OP = ValueFactory.newString("op");

  private final BlockingQueue<Value> arrived = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private PackedClient(URI uri, String token) {
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .subprotocols("openclaw.v1.msgpack")
            .buildAsync(uri, new Listener())
            .join();
  }

  static PackedClient connect(URI uri, String token) {
    return new PackedClient(uri, token);
  }

  /** Sends one map of texts. */
  void send(Map<String, String> command) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(command.size());
      for (Map.Entry<String, String> field : command.entrySet()) {
        out.packString(field.getKey()).packString(field.getValue());
      }
      socket.sendBinary(ByteBuffer.wrap(out.toByteArray()), true).join();
    }
  }

  /** Whether a message with this {@code op} comes; those before it are dropped. */
  boolean await(String op) throws InterruptedException {
    return nextOrNull(op) != null;
  }

  /** The next message with this {@code op}; those before it are dropped. */
  Value next(String op) throws InterruptedException {
    Value next = nextOrNull(op);
    if (next == null) {
      throw new AssertionError("no " + op + " came");
    }
    return next;
  }

  private @Nullable Value nextOrNull(String op) throws InterruptedException {
    Value wanted = ValueFactory.newString(op);
    Value next = poll();
    while (next != null && !wanted.equals(next.asMapValue().map().get(OP))) {
      next = poll();
    }
    return next;
  }

  private @Nullable Value poll() throws InterruptedException {
    return arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      frame.writeBytes(part);
      if (last) {
        take(frame.toByteArray());
        frame.reset();
      }
      from.request(1);
      return null;
    }

    private void take(byte[] bytes) {
      try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
        Value value = in.unpackValue();
        if (value.isArrayValue()) {
          arrived.addAll(value.asArrayValue().list());
        } else {
          arrived.add(value);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
