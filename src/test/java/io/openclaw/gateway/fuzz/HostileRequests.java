package io.openclaw.gateway.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** HTTP requests (RFC 9112) that are nearly good. */
public final class HostileRequests {
  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH");
  private static final List<String> PATHS =
      List.of(
          "/",
          "/ws",
          "/ws",
          "/sse",
          "/sse",
          "/api/v1/publish",
          "/api/v1/topics/a",
          "/error",
          "/api/v1/topics/a/history",
          "/api/v1/sessions",
          "/health/ready",
          "/nothing",
          "/WEB-INF/web.xml");
  private static final List<String> PARAMETERS =
      List.of("topic", "filter", "limit", "since", "before", "reverse", "x");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "Accept",
          "Cookie",
          "Origin",
          "Last-Event-ID",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Extensions",
          "Upgrade",
          "Connection",
          "Forwarded",
          "X-Forwarded-For",
          "Transfer-Encoding",
          "Content-Length",
          "Authorization",
          "Host",
          "Expect",
          "Range",
          "Accept-Language",
          "X");
  private static final List<String> VALUES =
      List.of(
          "application/json",
          "application/cloudevents+json",
          "text/plain",
          "///",
          "*/*;q=x",
          "a=b; c",
          "openclaw_token=x",
          "https://evil.example",
          "e:1",
          "openclaw.v1.json",
          "13",
          "websocket",
          "upgrade",
          "for=[::1]:x;proto=",
          "chunked",
          "-1",
          "99999999999",
          "Bearer x.y.z",
          "100-continue");

  private HostileRequests() {}

  /**
   * One request.
   *
   * @param authorization the header line of somebody who may do everything
   */
  public static byte[] next(Random random, String authorization) {
    StringBuilder request = new StringBuilder();
    request
        .append(any(random, METHODS))
        .append(' ')
        .append(any(random, PATHS))
        .append(query(random));
    request.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n").append(authorization).append("\r\n");
    for (int i = random.nextInt(5); i > 0; i--) {
      request.append(any(random, HEADERS)).append(": ").append(value(random)).append("\r\n");
    }
    String body =
        random.nextInt(3) == 0 ? HostileJson.value(random, 0) : HostileCommand.frame(random);
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    request.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
    byte[] bytes = request.append(body).toString().getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 2; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String query(Random random) {
    StringBuilder query = new StringBuilder(random.nextInt(4) == 0 ? "/" + text(random) : "");
    for (int i = random.nextInt(4); i > 0; i--) {
      query.append(query.indexOf("?") < 0 ? '?' : '&');
      query.append(any(random, PARAMETERS)).append('=').append(text(random));
    }
    return query.toString();
  }

  /** Encoded, mostly. */
  private static String text(Random random) {
    String text = HostileText.of(random);
    return random.nextInt(4) == 0
        ? text.replaceAll("[\\s\\x00-\\x1f]", "")
        : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String value(Random random) {
    return random.nextInt(3) == 0
        ? HostileText.of(random).replaceAll("[\\r\\n]", "")
        : any(random, VALUES);
  }

  private static String any(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
