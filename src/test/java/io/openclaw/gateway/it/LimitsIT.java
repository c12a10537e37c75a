package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openclaw.gateway.bench.ProcessProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Low limits, TLS required, and a proxy that is trusted: this test, which is a client from wherever
 * it says.
 */
class LimitsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PUBLISH_TO_A =
      "{\"id\":1,\"op\":\"publish\",\"topic\":\"a\",\"data\":\"" + "x".repeat(9_000) + "\"}";
  private static final String LARGE =
      "{\"op\":\"publish\",\"topic\":\"large\",\"data\":\"" + "x".repeat(60_000) + "\"}";
  private static final String SMALL = "{\"op\":\"publish\",\"topic\":\"small\",\"data\":1}";
  private static final String PING = "{\"id\":1,\"op\":\"ping\"}";
  private static StandaloneGateway gateway;

  private final List<RawConnection> connections = new ArrayList<>();

  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>();
    settings.put("openclaw.security.trusted-proxies", "127.0.0.1");
    settings.put("openclaw.security.require-tls", "true");
    settings.put("openclaw.security.allowed-origins", "https://app.example.com,*");
    String p = "openclaw.limits.";
    settings.put(p + "messages-per-second", "1");
    settings.put(p + "message-burst", "60");
    settings.put(p + "max-topic-levels", "4");
    settings.put(p + "max-topic-chars", "30");
    settings.put(p + "max-json-depth", "3");
    settings.put(p + "bytes-per-second", "1KiB");
    settings.put(p + "byte-burst", "32KiB");
    settings.put(p + "max-excess", "50");
    settings.put(p + "requests-per-second", "1");
    settings.put(p + "request-burst", "10");
    settings.put(p + "sessions-per-user", "3");
    settings.put(p + "sessions-per-address", "5");
    settings.put(p + "handshakes-per-second", "1");
    settings.put(p + "handshake-burst", "12");
    settings.put(p + "failed-sign-ins-per-second", "1");
    settings.put(p + "failed-sign-in-burst", "5");
    settings.put(p + "admission.max-heap-percent", "35");
    settings.put(p + "admission.max-cpu-percent", "0");
    settings.put("openclaw.log.max-count", "3500");
    settings.put("openclaw.log.max-bytes", "1GiB");
    gateway =
        StandaloneGateway.start(
            "it/limits.yaml", settings, server -> server.withJvmOptions(List.of("-Xmx512m")));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @AfterEach
  void closeAll() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  private static URI socket() {
    return gateway.server().webSocketUri();
  }

  private static String from(String address) {
    return "X-Forwarded-For: " + address + "\r\nX-Forwarded-Proto: https";
  }

  private static String bearer(String user, String... roles) {
    return "Authorization: Bearer " + gateway.token(user, roles);
  }

  private RawConnection open(String... headers) throws IOException {
    RawConnection connection = RawConnection.open(socket(), 0, headers);
    connections.add(connection);
    assertTrue(connection.read().text().contains("\"welcome\""));
    return connection;
  }

  private static HttpResponse<String> get(String path, String address, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.server().uri().resolve(path)).timeout(PATIENCE);
    if (!address.isEmpty()) {
      request.header("X-Forwarded-For", address).header("X-Forwarded-Proto", "https");
    }
    for (String header : headers) {
      request.header(header.substring(0, header.indexOf(':')), header.replaceFirst("[^:]*: ", ""));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void withoutTlsThereIsNothingButHealth() throws Exception {
    assertEquals(403, Knock.at(socket()).status());
    assertEquals(403, Knock.at(socket(), "X-Forwarded-Proto: https").status());
    assertEquals(
        403, Knock.at(socket(), "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: http").status());
    assertEquals(403, get("sse?topic=public/a", "").statusCode());
    HttpResponse<String> api = get("api/v1/topics/public/a", "");
    assertEquals(403, api.statusCode());
    assertTrue(api.body().contains("TLS is required"), api.body());
    assertEquals("application/problem+json", type(api));
    HttpResponse<String> ready = get("health/ready", "");
    assertEquals(200, ready.statusCode());
    assertTrue(ready.body().contains("\"admission\":\"open\""), ready.body());
    assertEquals(101, Knock.at(socket(), from("192.0.2.1")).status());
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
  }

  @Test
  void anAddressThatKnocksTooOftenIsTurnedAwayAndNobodyElse() throws Exception {
    String bad = cookie("x");
    for (int i = 0; i < 12; i++) {
      assertEquals(403, Knock.at(socket(), from("2001:db8:1:1::" + i), bad).status());
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> Knock.at(socket(), from("2001:db8:1:1::ff"), bad).retryAfter() > 0);
    assertEquals(101, Knock.at(socket(), from("2001:db8:1:2::1")).status());
  }

  private static String cookie(String token) {
    return "Cookie: openclaw_token=" + token;
  }

  @Test
  void afterTooManyBadTokensNoneOfTheAddressIsLookedAt() throws Exception {
    String address = from("192.0.2.3");
    for (int i = 0; i < 5; i++) {
      int status =
          i % 2 == 0
              ? Knock.at(socket(), address, "Authorization: Bearer bad").status()
              : get("api/v1/topics/public/a", "192.0.2.3", "Authorization: Bearer bad")
                  .statusCode();
      assertEquals(401, status);
    }
    Knock refused = Knock.at(socket(), address, bearer("alice"));
    assertEquals(429, refused.status());
    assertEquals(1, refused.retryAfter());
    HttpResponse<String> api = get("api/v1/topics/public/a", "192.0.2.3", bearer("alice"));
    assertEquals(429, api.statusCode());
    assertTrue(api.headers().firstValue("Retry-After").isPresent());
    assertEquals(101, Knock.at(socket(), address).status());
    assertEquals(101, Knock.at(socket(), from("192.0.2.4"), bearer("alice")).status());
  }

  @Test
  void badTokensOverASocketCountToo() throws Exception {
    RawConnection connection = open(from("192.0.2.5"));
    for (int i = 0; i < 5; i++) {
      connection.sendText("{\"op\":\"auth\",\"token\":\"bad\"}");
      assertTrue(connection.read().text().contains("\"unauthorized\""));
    }
    connection.sendText("{\"op\":\"auth\",\"token\":\"" + gateway.token("alice") + "\"}");
    assertTrue(connection.read().text().contains("\"rate_limited\""));
    assertEquals(429, Knock.at(socket(), from("192.0.2.5"), bearer("alice")).status());
  }

  @Test
  void topicsAndDataAreAsDeepAsIsSet() throws Exception {
    RawConnection publisher = open(from("192.0.2.6"), bearer("p", "publisher"));
    publisher.sendText("{\"op\":\"subscribe\",\"topic\":\"a/+/c/d/#\"}");
    assertTrue(publisher.read().text().contains("at most 4 levels here"));
    publisher.sendText("{\"op\":\"publish\",\"topic\":\"" + "x".repeat(31) + "\",\"data\":1}");
    assertTrue(publisher.read().text().contains("at most 30 characters here"));
    publisher.sendText("{\"op\":\"publish\",\"topic\":\"a\",\"data\":[[[[1]]]]}");
    assertTrue(publisher.read().text().contains("at most 3 levels of nesting"));
    publisher.sendText("{\"op\":\"publish\",\"topic\":\"a/b/c/d\",\"data\":[[[1]]]}");
    assertTrue(publisher.read().text().contains("\"published\""));
    assertEquals(400, get("sse?topic=public/b/c/d/e", "192.0.2.6").statusCode());
  }

  @Test
  void aUserHasSoManySessionsAndOneThatTurnsOutToBeItIsClosed() throws Exception {
    for (int i = 0; i < 3; i++) {
      open(from("192.0.2.1" + i), bearer("bob"));
    }
    Knock refused = Knock.at(socket(), from("192.0.2.13"), bearer("bob"));
    assertEquals(429, refused.status());
    assertTrue(refused.retryAfter() > 0);
    RawConnection late = open(from("192.0.2.14"));
    late.sendText("{\"op\":\"auth\",\"token\":\"" + gateway.token("bob") + "\"}");
    assertEquals(4509, late.awaitClose());
    connections.get(0).close();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Knock.at(socket(), from("192.0.2.15"), bearer("bob")).status() == 101);
  }

  @Test
  void anAddressHasSoManySessions() throws Exception {
    for (int i = 0; i < 5; i++) {
      open(from("192.0.2.20"));
    }
    assertEquals(429, Knock.at(socket(), from("192.0.2.20")).status());
    assertEquals(429, get("sse?topic=public/a", "192.0.2.20").statusCode());
    assertEquals(101, Knock.at(socket(), from("192.0.2.21")).status());
  }

  @Test
  void whoGoesOnSendingTooMuchIsToldAndThenClosed() throws Exception {
    RawConnection flooder = open(from("192.0.2.30"), bearer("flooder"));
    for (int i = 0; i < 70; i++) {
      flooder.sendText(PING);
    }
    String answers = "";
    while (!answers.contains("rate_limited")) {
      answers = flooder.read().text();
    }
    assertTrue(answers.contains("\"id\":1"), answers);
    assertTrue(answers.contains("\"retry\":true"), answers);
    flooder.sendText("[" + (PING + ",").repeat(60) + PING + "]");
    assertEquals(4029, flooder.awaitClose());
    RawConnection other = open(from("192.0.2.30"), bearer("other"));
    other.sendText(PING);
    assertTrue(other.read().text().contains("\"pong\""));
  }

  @Test
  void bytesAreLimitedToo() throws Exception {
    RawConnection flooder = open(from("192.0.2.31"), bearer("filler"));
    for (int i = 0; i < 4; i++) {
      flooder.sendText(PUBLISH_TO_A);
    }
    String answers = "";
    while (!answers.contains("rate_limited")) {
      answers = flooder.read().text();
      assertTrue(answers.contains("\"published\"") || answers.contains("rate_limited"), answers);
    }
    for (int i = 0; i < 6; i++) {
      flooder.sendText(PUBLISH_TO_A);
    }
    assertEquals(4029, flooder.awaitClose());
  }

  @Test
  void whoHasNoLimitsSendsWhatItWants() throws Exception {
    RawConnection publisher = open(from("192.0.2.32"), bearer("p", "publisher"));
    for (int i = 0; i < 8; i++) {
      publisher.sendText(PUBLISH_TO_A);
      publisher.sendText("[" + (PING + ",").repeat(99) + PING + "]");
    }
    int pongs = 0;
    while (pongs < 800) {
      String answers = publisher.read().text();
      assertFalse(answers.contains("rate_limited"), answers);
      pongs += answers.split("\"pong\"", -1).length - 1;
    }
    for (int i = 0; i < 8; i++) {
      open(from("192.0.2.32"), bearer("p", "publisher"));
    }
  }

  @Test
  void requestsOfAUserAreCountedWhereverTheyComeFrom() throws Exception {
    String path = "api/v1/topics/public/a";
    assertEquals(200, get(path, "192.0.2.41", bearer("reader")).statusCode());
    get(path, "192.0.2.42", bearer("reader"));
    HttpResponse<String> last = get(path, "192.0.2.43", bearer("reader"));
    assertEquals(429, last.statusCode());
    assertEquals("application/problem+json", type(last));
    assertTrue(last.body().contains("\"code\":\"rate_limited\""), last.body());
    assertTrue(last.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    assertEquals(200, get(path, "192.0.2.40", bearer("r2")).statusCode());
    assertEquals(200, get(path, "192.0.2.40").statusCode());
  }

  @Test
  void aCookieCountsOnlyWithAnOriginThatIsAllowedByName() throws Exception {
    String address = from("192.0.2.50");
    String cookie = cookie(gateway.token("carol"));
    assertEquals(403, Knock.at(socket(), address, cookie).status());
    assertEquals(403, Knock.at(socket(), address, cookie, "Origin: https://evil.test").status());
    assertEquals(403, Knock.at(socket(), address, cookie, "Origin: null").status());
    assertEquals(101, Knock.at(socket(), address, "Origin: https://evil.test").status());
    assertEquals(
        101, Knock.at(socket(), address, bearer("carol"), "Origin: https://evil.test").status());
    assertEquals(
        101, Knock.at(socket(), address, cookie, "Origin: https://app.example.com").status());
    String own = "https://" + socket().getAuthority();
    assertEquals(101, Knock.at(socket(), address, cookie, "Origin: " + own).status());
    assertEquals(
        403, Knock.at(socket(), address, cookie, "Origin: " + own.replace("s:", ":")).status());
  }

  /** 180 MB of 512 MB, beside what the server has: some 70 MB. */
  @Test
  void whileTheHeapIsFullNobodyNewIsLetInAndThoseWhoAreInAreServed() throws Exception {
    RawConnection inside = open(from("192.0.2.70"), bearer("inside"));
    ProcessProbe probe = new ProcessProbe(gateway.server().pid());
    RawConnection publisher = open(from("192.0.2.72"), bearer("p", "publisher"));
    for (int i = 0; i < 3_000; i++) {
      publish(publisher, LARGE);
    }
    awaitAdmission(probe, "closed: the heap is full");
    Knock refused = Knock.at(socket(), from("192.0.2.71"));
    assertEquals(503, refused.status());
    assertTrue(refused.retryAfter() >= 5 && refused.retryAfter() <= 15);
    inside.sendText(PING);
    assertTrue(inside.read().text().contains("\"pong\""));
    for (int i = 0; i < 4; i++) {
      publish(publisher, "[" + (SMALL + ",").repeat(999) + SMALL + "]");
    }
    awaitAdmission(probe, "open");
    assertEquals(101, Knock.at(socket(), from("192.0.2.71")).status());
  }

  /** Has garbage collected, which is when it is known what is none. */
  private static void awaitAdmission(ProcessProbe probe, String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              probe.heap();
              HttpResponse<String> ready = get("health/ready", "");
              assertEquals(200, ready.statusCode());
              return ready.body().contains("\"admission\":\"" + state + "\"");
            });
  }

  /** Publishes, and waits until the last of a batch is in the log. */
  private static void publish(RawConnection publisher, String frame) throws IOException {
    publisher.sendText(frame);
    int published = 0;
    int sent = frame.split("\"publish\"", -1).length - 1;
    while (published < sent) {
      published += publisher.read().text().split("\"published\"", -1).length - 1;
    }
  }

  @Test
  void behindARealProxyItIsSeenWhoConnectsAndNotWhoTheySayTheyAre() throws Exception {
    assumeTrue(Nginx.program().isPresent(), "there is no nginx");
    try (Nginx nginx = Nginx.start(gateway.directory(), gateway.server().uri().getPort())) {
      URI proxied = URI.create("ws://127.0.0.1:" + nginx.port() + "/ws");
      for (int i = 0; i < 5; i++) {
        String spoofed = "X-Forwarded-For: 203.0.113." + i + "\r\nForwarded: for=203.0.113." + i;
        Knock bad = Knock.from("127.0.0.2", proxied, spoofed, "Authorization: Bearer bad");
        assertEquals(401, bad.status());
      }
      String spoofed = "X-Forwarded-For: 203.0.113.99";
      assertEquals(429, Knock.from("127.0.0.2", proxied, spoofed, bearer("dave")).status());
      assertEquals(101, Knock.from("127.0.0.3", proxied, spoofed, bearer("dave")).status());
      assertTrue(gateway.server().log().contains("\"address\":\"127.0.0.2\""));
      assertFalse(gateway.server().log().contains("203.0.113."));
      assertEquals(
          101,
          Knock.from(
                  "127.0.0.4",
                  proxied,
                  cookie(gateway.token("dave")),
                  "Origin: https://app.example")
              .status());
      deliversThrough(nginx);
    }
  }

  private void deliversThrough(Nginx nginx) throws Exception {
    URI root = URI.create("http://127.0.0.1:" + nginx.port() + "/");
    RawConnection publisher = open(from("192.0.2.60"), bearer("p", "publisher"));
    try (TestClient client =
            TestClient.connect(
                URI.create("ws://127.0.0.1:" + nginx.port() + "/ws"), gateway.token("erin"));
        EventSource events = EventSource.open(root.resolve("sse?topic=public/proxied"), null)) {
      client.subscribe("public/proxied");
      publisher.sendText("{\"op\":\"publish\",\"topic\":\"public/proxied\",\"data\":\"through\"}");
      assertEquals("through", client.await("pub").getString("data"));
      assertTrue(events.awaitData("through"));
    }
  }
}
