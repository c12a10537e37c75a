package io.openclaw.gateway.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client that sends as fast as it is let, and comes back a second after it was ended, as good
 * clients do. <i>Confined to the test's thread, but for its own.</i>
 */
final class Flood implements AutoCloseable {
  private static final Duration RETURN = Duration.ofSeconds(1);
  private static final Pattern GOODBYE = Pattern.compile("\"goodbye\",\"code\":(\\d+)");
  private static final int PIECES = 100;

  private final URI server;
  private final String token;
  private final byte[] piece;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "flood");
  private volatile int closeCode;
  private volatile int closed;
  private volatile long sentBytes;

  /**
   * @param frames that are sent again and again
   */
  Flood(URI server, String token, byte[]... frames) {
    this.server = server;
    this.token = token;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < PIECES; i++) {
      for (byte[] frame : frames) {
        all.writeBytes(frame);
      }
    }
    this.piece = all.toByteArray();
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopping.get()) {
        try (Socket socket = new Socket()) {
          socket.connect(
              new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()));
          flood(socket);
        } catch (IOException e) {
          closed++;
        }
        TimeUnit.NANOSECONDS.sleep(RETURN.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flood(Socket socket) throws IOException {
    String request =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
            + ("Authorization: Bearer " + token + "\r\n\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    Thread listener = new Thread(() -> listen(socket), "flood's listener");
    listener.setDaemon(true);
    listener.start();
    while (!stopping.get()) {
      socket.getOutputStream().write(piece);
      sentBytes += piece.length;
    }
  }

  /** What was said before the end would be lost to one that only sends. */
  private void listen(Socket socket) {
    byte[] answer = new byte[1 << 16];
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(answer); count >= 0; count = in.read(answer)) {
        note(new String(answer, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The sender notices.
    }
  }

  private void note(String said) {
    Matcher goodbye = GOODBYE.matcher(said);
    if (goodbye.find()) {
      closeCode = Integer.parseInt(goodbye.group(1));
    }
  }

  /** The code that it was told last; 0: none. */
  int closeCode() {
    return closeCode;
  }

  /** How often its connection was ended. */
  int closed() {
    return closed;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f MB sent, ended %d times, told %d", sentBytes / 1e6, closed, closeCode);
  }

  @Override
  public void close() throws InterruptedException {
    stopping.set(true);
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }
}
