package io.openclaw.gateway.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handshakes with tokens that nobody signed, one after the other, as fast as they are refused.
 * <i>Confined to the test's thread, but for its own.</i>
 */
final class BadHandshakes implements AutoCloseable {
  private static final byte[] REQUEST =
      ("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
              + "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJyb290IiwiZXhwIjo0MTAyNDQ0"
              + "ODAwfQ.c2lnbmVkIGJ5IG5vYm9keSBhdCBhbGwsIGJ1dCB0cmllZA\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "bad handshakes");
  private volatile int count;

  BadHandshakes(URI uri) throws IOException {
    server = new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    byte[] answer = new byte[4096];
    while (!stopping.get()) {
      try (Socket socket = new Socket()) {
        socket.connect(server);
        socket.getOutputStream().write(REQUEST);
        if (socket.getInputStream().read(answer) > 0) {
          count++;
        }
      } catch (IOException e) {
        // Refused all the same.
      }
    }
  }

  /** How many were answered. */
  int count() {
    return count;
  }

  @Override
  public void close() throws InterruptedException {
    stopping.set(true);
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }
}
