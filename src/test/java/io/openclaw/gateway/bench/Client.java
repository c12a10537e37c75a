package io.openclaw.gateway.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection: handshake, the opening conversation, then the stream of publications. <i>Confined
 * to the swarm's thread, but for {@link #write}, which one other thread may use once the client is
 * ready.</i>
 */
final class Client implements FrameReader.Sink {
  private static final int CLIENTS_PER_ADDRESS = 20_000;

  /** How a client opens: what it says first, and what the server must have said to be ready. */
  record Opening(String say, String awaited, int receiveBufferBytes) {
    static Opening subscribe(String topic) {
      return subscribe("{\"op\":\"subscribe\",\"id\":1,\"topic\":\"" + topic + "\"}", 0);
    }

    /** With a socket buffer of that many bytes, 0 for the usual one. */
    static Opening subscribe(String command, int receiveBufferBytes) {
      return new Opening(command, "\"op\":\"live\"", receiveBufferBytes);
    }

    static Opening publisher() {
      return new Opening("", "\"op\":\"welcome\"", 0);
    }
  }

  private enum State {
    CONNECTING,
    HANDSHAKE,
    OPENING,
    READY,
    CLOSED
  }

  private final Swarm swarm;
  private final Opening opening;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final FrameReader reader = new FrameReader(this);
  private final DueScan scan = new DueScan(this::came);
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
  private State state = State.CONNECTING;
  private int opcode;
  private long lastDueNanos;
  private @Nullable String greeting;

  private Client(Swarm swarm, Opening opening, SocketChannel channel, SelectionKey key) {
    this.swarm = swarm;
    this.opening = opening;
    this.channel = channel;
    this.key = key;
  }

  /** Begins to connect; clients beyond what one address has ports for take the next address. */
  static Client connect(Swarm swarm, int number, Opening opening, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (opening.receiveBufferBytes() > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, opening.receiveBufferBytes());
    }
    if (number >= CLIENTS_PER_ADDRESS) {
      byte[] address = {127, 0, 0, (byte) (1 + number / CLIENTS_PER_ADDRESS)};
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
    }
    boolean connected = channel.connect(swarm.server());
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
    Client client = new Client(swarm, opening, channel, key);
    key.attach(client);
    if (connected) {
      client.greet();
    }
    return client;
  }

  boolean isReady() {
    return state == State.READY;
  }

  /** All that the server said before the client was ready; null until then. */
  @Nullable String greeting() {
    return greeting;
  }

  /** Reads no more, as a stuck client. */
  void stopReading() {
    key.interestOps(0);
  }

  /** Writes what the socket takes. */
  void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
  }

  /** Does what the selector has found to do. */
  void ready(ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        greet();
      } else if (state == State.HANDSHAKE) {
        readHandshake(buffer);
      } else if (reader.read(channel, buffer) < 0) {
        close();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void greet() throws IOException {
    state = State.HANDSHAKE;
    key.interestOps(SelectionKey.OP_READ);
    String request =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:"
            + swarm.server().getPort()
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nAuthorization: Bearer "
            + swarm.token()
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  private void readHandshake(ByteBuffer buffer) throws IOException {
    buffer.clear().put(gathered.toByteArray());
    if (channel.read(buffer) < 0) {
      close();
      return;
    }
    int length = buffer.position();
    byte[] answer = new byte[length];
    buffer.get(0, answer);
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    gathered.reset();
    if (end < 0) {
      gathered.write(answer);
    } else if (text.startsWith("HTTP/1.1 101")) {
      open(buffer, end + 4, length);
    } else {
      swarm.refused(text.lines().findFirst().orElse(""));
      close();
    }
  }

  private void open(ByteBuffer buffer, int from, int end) throws IOException {
    state = State.OPENING;
    if (!opening.say().isEmpty()) {
      channel.write(ByteBuffer.wrap(ClientFrames.text(opening.say())));
    }
    reader.begin(buffer, from, end);
  }

  @Override
  public void begin(int frameOpcode, long length) {
    opcode = frameOpcode;
    scan.begin();
  }

  @Override
  public int payload(ByteBuffer buffer, int from, int to, boolean last) {
    if (opcode <= ClientFrames.TEXT && state == State.READY) {
      return opening.say().isEmpty() ? to - from : scan.scan(buffer, from, to, last);
    }
    byte[] piece = new byte[to - from];
    buffer.get(from, piece);
    gathered.writeBytes(piece);
    return piece.length;
  }

  @Override
  public void end() {
    if (opcode == ClientFrames.PING && state == State.READY) {
      pong(gathered.toByteArray());
      gathered.reset();
    } else if (opcode == ClientFrames.CLOSE) {
      close();
    } else if (state == State.OPENING) {
      becomeReadyWhenAwaited();
    }
  }

  private void becomeReadyWhenAwaited() {
    String said = gathered.toString(StandardCharsets.UTF_8);
    if (said.contains(opening.awaited())) {
      state = State.READY;
      greeting = said;
      gathered.reset();
      swarm.isReady();
    } else if (said.contains("\"op\":\"error\"")) {
      swarm.refused(said);
      close();
    }
  }

  private void pong(byte[] payload) {
    try {
      channel.write(ByteBuffer.wrap(ClientFrames.frame(ClientFrames.PONG, payload)));
    } catch (IOException e) {
      close();
    }
  }

  private void came(long dueNanos) {
    swarm.came(dueNanos, dueNanos > lastDueNanos);
    lastDueNanos = dueNanos;
  }

  /** Closes the socket, without a closing handshake; does nothing when it is closed. */
  void close() {
    if (state == State.CLOSED) {
      return;
    }
    boolean wasReady = state == State.READY;
    state = State.CLOSED;
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone in any case
    }
    swarm.closed(this, wasReady);
  }
}
