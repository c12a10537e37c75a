package io.openclaw.gateway.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway answers to a WebSocket handshake; the connection is closed at once.
 *
 * @param headers by name in lower case
 */
record Knock(int status, Map<String, String> headers) {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Knocks from 127.0.0.1. */
  static Knock at(URI uri, String... headers) throws IOException {
    return from("127.0.0.1", uri, headers);
  }

  /**
   * @param address of this host to knock from
   * @param headers lines without their ends
   */
  static Knock from(String address, URI uri, String... headers) throws IOException {
    try (Socket socket =
        new Socket(
            InetAddress.getByName(uri.getHost()),
            uri.getPort(),
            InetAddress.getByName(address),
            0)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request =
          "GET "
              + uri.getPath()
              + " HTTP/1.1\r\nHost: "
              + uri.getAuthority()
              + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
              + String.join("\r\n", headers)
              + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return answer(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
    }
  }

  private static Knock answer(BufferedReader in) throws IOException {
    String status = in.readLine();
    if (status == null) {
      throw new IOException("no answer");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return new Knock(Integer.parseInt(status.split(" ", 3)[1]), headers);
  }

  /** The seconds in {@code Retry-After}; 0 without it. */
  int retryAfter() {
    return Integer.parseInt(headers.getOrDefault("retry-after", "0"));
  }
}
