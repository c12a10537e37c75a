package io.openclaw.gateway.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One connection of a client that sends whatever it likes, and looks at all that it is sent for
 * what nobody should be told. <i>Confined to one thread.</i>
 */
final class Attacker implements AutoCloseable {
  /** Parts of names of classes, of stack traces, and the answer to what was a fault of ours. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|io\\.openclaw|java\\.|jakarta\\.|org\\.glassfish|io\\.undertow|\\tat |"
              + "\"code\":\"internal\"");

  private static final int MAX_KEPT_CHARS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final StringBuilder received = new StringBuilder();
  private final byte[] piece = new byte[65_536];
  private boolean ended;

  Attacker(URI uri, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort()), 20_000);
    in = socket.getInputStream();
  }

  /** A handshake's head; header lines without their ends. */
  static byte[] handshake(String... headers) {
    StringBuilder request = new StringBuilder("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the other side still takes something. */
  boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Says that nothing more will come. */
  void sendEnd() throws IOException {
    socket.shutdownOutput();
  }

  /** Takes what is there; whether the connection still stands. Waits for a millisecond. */
  boolean look() {
    awaitEnd(1);
    return !ended;
  }

  /** Takes what is there, at once; whether the connection still stands, as far as one can see. */
  boolean glance() {
    try {
      while (!ended && in.available() > 0) {
        take();
      }
    } catch (IOException e) {
      ended = true;
    }
    return !ended;
  }

  /** Waits until {@code text} has come; false if it does not, or the connection ends. */
  boolean await(String text, int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!ended && received.indexOf(text) < 0 && System.nanoTime() < end) {
      takeWithin(end);
    }
    return received.indexOf(text) >= 0;
  }

  /** Waits for the end of the connection; whether it came in time. */
  boolean awaitEnd(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!ended && System.nanoTime() < end) {
      takeWithin(end);
    }
    return ended;
  }

  private void takeWithin(long endNanos) {
    try {
      socket.setSoTimeout((int) Math.max(1, (endNanos - System.nanoTime()) / 1_000_000));
      take();
    } catch (SocketTimeoutException e) {
      // The caller looks at the clock.
    } catch (IOException e) {
      ended = true;
    }
  }

  private void take() throws IOException {
    int count = in.read(piece);
    ended = count < 0;
    if (count > 0) {
      received.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
      check();
    }
  }

  private void check() {
    if (INSIDE.matcher(received).find()) {
      throw new AssertionError("was told: " + received);
    }
    if (received.length() > MAX_KEPT_CHARS) {
      received.delete(0, received.length() - 100);
    }
  }

  /** The end of what has come so far. */
  String received() {
    return received.toString();
  }

  /** The status of the answer, or 0 if there was none. */
  int status() {
    String head = received.toString();
    return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
  }

  /** One final frame, masked with zeros. */
  static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >>> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  static byte[] text(String text) {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      ended = true;
    }
  }
}
