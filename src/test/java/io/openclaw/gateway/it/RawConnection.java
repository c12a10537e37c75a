package io.openclaw.gateway.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/**
 * A WebSocket connection of bytes: for frames that no client library sends, and for not reading.
 * <i>Confined to the test's thread.</i>
 */
final class RawConnection implements AutoCloseable {
  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int RSV1 = 0x40;
  private static final int OPCODE_CLOSE = 8;
  private static final int OPCODE_PING = 9;
  private static final int OPCODE_PONG = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final List<String> answer = new ArrayList<>();

  /**
   * One frame that came.
   *
   * @param compressed whether its first reserved bit is set (RFC 7692 §6)
   */
  record Frame(int opcode, boolean compressed, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    boolean isClose() {
      return opcode == OPCODE_CLOSE;
    }

    int closeCode() {
      return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }
  }

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** The status line of the answer to a handshake with these header lines; the socket is closed. */
  static String handshakeStatus(URI uri, String... headers) throws IOException {
    try (RawConnection connection = dial(uri, 0)) {
      return connection.handshake(uri, headers);
    }
  }

  /** Opens a connection; {@code receiveBuffer} in bytes, 0 for the usual one. */
  static RawConnection open(URI uri, String token, int receiveBuffer) throws IOException {
    return open(uri, receiveBuffer, "Authorization: Bearer " + token);
  }

  /** Opens a connection by a handshake with these header lines. */
  static RawConnection open(URI uri, int receiveBuffer, String... headers) throws IOException {
    RawConnection connection = dial(uri, receiveBuffer);
    String status = connection.handshake(uri, headers);
    if (!status.contains(" 101 ")) {
      throw new IOException(status);
    }
    return connection;
  }

  private static RawConnection dial(URI uri, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(
        new java.net.InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort()));
    return new RawConnection(uri.getScheme().equals("wss") ? secured(socket, uri) : socket);
  }

  /** With TLS as this JVM speaks it. */
  private static Socket secured(Socket socket, URI uri) throws IOException {
    return SSLSocketFactory.getDefault() instanceof SSLSocketFactory factory
        ? factory.createSocket(socket, uri.getHost(), uri.getPort(), true)
        : socket;
  }

  private String handshake(URI uri, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + uri.getPath() + " HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getAuthority()).append("\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
    String status = line();
    for (String line = line(); !line.isEmpty(); line = line()) {
      answer.add(line);
    }
    return status;
  }

  /** The value of a header of the answer to the handshake; empty if it has none. */
  String header(String name) {
    String beginning = name + ": ";
    return answer.stream()
        .filter(line -> line.regionMatches(true, 0, beginning, 0, beginning.length()))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElse("");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  void sendText(String text) throws IOException {
    send(1, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one text message in several frames (RFC 6455 §5.4). */
  void sendFragments(String... fragments) throws IOException {
    for (int i = 0; i < fragments.length; i++) {
      int opcode = i == 0 ? 1 : 0;
      int fin = i == fragments.length - 1 ? FIN : 0;
      sendFrame(fin | opcode, fragments[i].getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends one final frame. */
  void send(int opcode, byte[] payload) throws IOException {
    sendFrame(FIN | opcode, payload);
  }

  /** Masked with zeros. */
  private synchronized void sendFrame(int first, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(MASKED | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(MASKED | 126);
      length(frame, payload.length, 2);
    } else {
      frame.write(MASKED | 127);
      length(frame, payload.length, 8);
    }
    frame.write(new byte[4]);
    frame.write(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  private static void length(ByteArrayOutputStream frame, long length, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      frame.write((int) (length >>> (8 * i)));
    }
  }

  /** The next frame; a ping is answered and passed over, as every client does. */
  Frame read() throws IOException {
    Frame frame = readAny();
    while (frame.opcode() == OPCODE_PING) {
      send(OPCODE_PONG, frame.payload());
      frame = readAny();
    }
    return frame;
  }

  private Frame readAny() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(first & 0x0F, (first & RSV1) != 0, payload);
  }

  /** The code of the next close frame; frames before it are dropped. */
  int awaitClose() throws IOException {
    Frame frame = read();
    while (!frame.isClose()) {
      frame = read();
    }
    return frame.closeCode();
  }

  /** Reads one byte a second until it is interrupted or the connection ends. */
  void drip() {
    try {
      do {
        in.readByte();
      } while (!new CountDownLatch(1).await(1, TimeUnit.SECONDS));
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
