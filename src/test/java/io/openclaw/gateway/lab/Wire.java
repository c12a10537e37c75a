package io.openclaw.gateway.lab;

import io.openclaw.gateway.bench.ClientFrames;
import io.openclaw.gateway.bench.FrameReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection to a gateway, from the TCP handshake to its end. <i>Confined to the selector's
 * thread.</i>
 */
final class Wire implements FrameReader.Sink {
  private static final String SWITCHING = "HTTP/1.1 101";

  /** Whom it tells what happens. */
  interface Listener {
    /** A whole text frame. */
    void text(String frame);

    /** Anything was heard. */
    void heard();

    /**
     * It is over; told once, but not after {@link Wire#cut()}.
     *
     * @param code of the close frame; an HTTP status if the handshake was refused; 0 if there was
     *     neither
     */
    void ended(int code);
  }

  private final Listener listener;
  private final Node node;
  private final String token;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final FrameReader reader = new FrameReader(this);
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(256);
  private boolean upgraded;
  private int opcode;
  private boolean over;

  private Wire(Listener listener, Node node, String token, SocketChannel channel, Selector selector)
      throws IOException {
    this.listener = listener;
    this.node = node;
    this.token = token;
    this.channel = channel;
    this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** Begins to connect. */
  static Wire connect(Listener listener, Node node, String token, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Wire wire = new Wire(listener, node, token, channel, selector);
      if (channel.connect(node.address())) {
        wire.greet();
      }
      return wire;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Does what the selector has found to do. */
  void ready(ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        greet();
      } else if (!upgraded) {
        readAnswer(buffer);
      } else if (reader.read(channel, buffer) < 0) {
        end(0);
      } else {
        listener.heard();
      }
    } catch (IOException e) {
      end(0);
    }
  }

  /** Sends a text frame; the socket takes it, as clients say little. */
  void send(String text) {
    write(ClientFrames.text(text));
  }

  /** Ends it without a word. */
  void cut() {
    over = true;
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone in any case
    }
  }

  private void end(int code) {
    if (!over) {
      cut();
      listener.ended(code);
    }
  }

  private void greet() throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    String request =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:"
            + node.address().getPort()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  private void readAnswer(ByteBuffer buffer) throws IOException {
    buffer.clear().put(gathered.toByteArray());
    if (channel.read(buffer) < 0) {
      end(0);
      return;
    }
    byte[] answer = new byte[buffer.position()];
    buffer.get(0, answer);
    gathered.reset();
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      gathered.write(answer);
    } else if (text.startsWith(SWITCHING)) {
      upgraded = true;
      listener.heard();
      reader.begin(buffer, head + 4, answer.length);
    } else {
      end(Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3)));
    }
  }

  @Override
  public void begin(int frameOpcode, long length) {
    opcode = frameOpcode;
    gathered.reset();
  }

  @Override
  public int payload(ByteBuffer buffer, int from, int to, boolean last) {
    byte[] piece = new byte[to - from];
    buffer.get(from, piece);
    gathered.writeBytes(piece);
    return piece.length;
  }

  @Override
  public void end() {
    switch (opcode) {
      case ClientFrames.TEXT -> listener.text(gathered.toString(StandardCharsets.UTF_8));
      case ClientFrames.PING ->
          write(ClientFrames.frame(ClientFrames.PONG, gathered.toByteArray()));
      case ClientFrames.CLOSE -> end(closeCode(gathered.toByteArray()));
      default -> {}
    }
  }

  private static int closeCode(byte[] payload) {
    return payload.length < 2 ? 0 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
  }

  private void write(byte[] frame) {
    if (over) {
      return;
    }
    try {
      channel.write(ByteBuffer.wrap(frame));
    } catch (IOException e) {
      end(0);
    }
  }
}
