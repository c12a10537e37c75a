package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, as whom, and for how long: several issuers, tickets, API keys, renewals. */
class IdentityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String PARTNER = "partner";
  private static final String PARTNER_SECRET = "a-secret-of-more-than-thirty-two-bytes";
  private static final String IMPORTER = "ock_importer-0123456789012345678901234567890123456";
  private static final String LISTENER = "ock_listener-0123456789012345678901234567890123456";

  @TempDir private static Path directory;
  private static TokenIssuer issuer;
  private static StandaloneGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    issuer = TokenIssuer.start();
    write(everything());
    Map<String, String> settings =
        Map.of(
            "openclaw.security.jwt.jwks.min-interval", "1s",
            "openclaw.security.jwt.jwks.max-age", "3s");
    gateway = StandaloneGateway.start(file().toString(), settings);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    issuer.close();
  }

  @BeforeEach
  void theGatewayKnowsTheKeysOfTheIssuer() {
    issuer.down(false);
    Awaitility.await().atMost(PATIENCE).until(() -> handshakeWith(issuer.token("ada")) == 101);
  }

  private static Path file() {
    return directory.resolve("openclaw.yaml");
  }

  private static void write(String yaml) throws IOException {
    Path next = Files.writeString(directory.resolve("next.yaml"), yaml);
    Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String access() {
    return """
        access:
          - {who: anyone, may: subscribe, topics: "public/#"}
          - {who: user, may: [subscribe, publish], topics: "users/{user}/#"}
          - {who: {role: trader}, may: subscribe, topics: "stock/#"}
          - {who: anyone, deny: publish, topics: "orders/closed/#"}
        """;
  }

  private static String issuers() {
    return """
        issuers:
          - issuer: %s
            discovery: true
            algorithms: RS256
            user-claim: preferred_username
            roles-claim: [groups, realm_access.roles]
          - {issuer: %s, hmac-secret: %s}
        """
        .formatted(issuer.name(), PARTNER, PARTNER_SECRET);
  }

  private static String apiKeys(String scope) {
    return """
        api-keys:
          - name: importer
            hash: "%s"
            scopes: [{may: publish, topics: "%s"}]
          - name: listener
            hash: "%s"
            scopes: [{may: subscribe, topics: "acks/#"}]
        """
        .formatted(hash(IMPORTER), scope, hash(LISTENER));
  }

  private static String everything() {
    return access() + issuers() + apiKeys("orders/#");
  }

  /** Until all that tests take away is in force again. */
  private static void restore() throws IOException {
    write(everything());
    String partner = partnerToken(PARTNER_SECRET, "ben");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> handshakeWith(LISTENER) == 101 && handshakeWith(partner) == 101);
  }

  private static String hash(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String partnerToken(String secret, String user, String... roles) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(PARTNER)
            .subject(user)
            .claim("roles", List.of(roles))
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .build();
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestClient connect(@Nullable String token) {
    return TestClient.connect(gateway.server().webSocketUri(), token);
  }

  private static URI withTicket(String ticket) {
    return URI.create(gateway.server().webSocketUri() + "?ticket=" + ticket);
  }

  /** What a handshake is answered by; a socket is closed again. */
  private static CompletableFuture<Integer> handshake(URI uri, @Nullable String token) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder
        .buildAsync(uri, new WebSocket.Listener() {})
        .thenApply(
            socket -> {
              socket.abort();
              return 101;
            })
        .exceptionally(IdentityIT::refusal);
  }

  private static int refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WebSocketHandshakeException refused) {
      return refused.getResponse().statusCode();
    }
    throw new IllegalStateException(failure);
  }

  private static int handshakeWith(@Nullable String token) {
    return handshake(gateway.server().webSocketUri(), token).join();
  }

  private static HttpResponse<String> post(String path, @Nullable String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.server().uri().resolve("api/v1/" + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String ticket(String token) throws Exception {
    HttpResponse<String> answer = post("tickets", token, "");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    JsonObject ticket = json(answer.body());
    long left = ticket.getJsonNumber("expires").longValue() - System.currentTimeMillis();
    assertTrue(left > 0 && left <= 30_000, ticket::toString);
    return ticket.getString("ticket");
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static int publish(String key, String topic) throws Exception {
    return post("publish", key, "{\"topic\":\"" + topic + "\",\"data\":1}").statusCode();
  }

  private static void assertSubscribes(TestClient client, String pattern) {
    client.subscribe(pattern);
  }

  private static void assertForbidden(TestClient client, String pattern) {
    client.send("{\"op\":\"subscribe\",\"id\":99,\"topic\":\"" + pattern + "\"}");
    assertEquals("forbidden", client.await("error").getString("code"));
  }

  @Test
  void tokensOfSeveralIssuersAreReadByTheirOwnRules() {
    try (TestClient discovered = connect(issuer.token("ada", "trader"));
        TestClient partner = connect(partnerToken(PARTNER_SECRET, "ben"));
        TestClient own = connect(gateway.token("cyd", "trader"))) {
      assertSubscribes(discovered, "users/ada/#");
      assertSubscribes(discovered, "stock/#");
      assertSubscribes(partner, "users/ben/#");
      assertForbidden(partner, "stock/#");
      assertSubscribes(own, "stock/#");
    }
  }

  @Test
  void aTokenThatAnotherIssuerSignedIsRefused() {
    String secret = "another-secret-of-more-than-thirty-two-bytes";
    assertEquals(401, handshakeWith(partnerToken(secret, "ada")));
    assertEquals(401, handshakeWith(issuer.tokenAs(PARTNER, "ada")));
    assertEquals(401, handshakeWith(issuer.tokenAs("https://nobody.example", "ada")));
    assertEquals(101, handshakeWith(issuer.token("ada")));
  }

  @Test
  void newKeysAreFoundAndOldOnesKeptWhileTheIssuerIsDown() {
    assertEquals(101, handshakeWith(issuer.token("ada")));
    issuer.rotate("second");
    String rotated = issuer.token("ada");
    Awaitility.await().atMost(PATIENCE).until(() -> handshakeWith(rotated) == 101);
    issuer.down(true);
    int before = issuer.requests();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertEquals(101, handshakeWith(rotated));
              return issuer.requests() > before;
            });
    assertEquals(101, handshakeWith(rotated));
    issuer.rotate("third");
    String unknown = issuer.token("ada");
    Awaitility.await().atMost(PATIENCE).until(() -> handshakeWith(unknown) == 503);
  }

  @Test
  void tokensWithUnknownKeysDoNotFloodTheIssuer() {
    assertEquals(101, handshakeWith(issuer.token("ada")));
    int before = issuer.requests();
    long start = System.nanoTime();
    for (int i = 0; i < 40; i++) {
      issuer.rotate("hostile" + i % 4);
      handshakeWith(issuer.token("eve"));
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    // Metadata and key set, each time.
    assertTrue(issuer.requests() - before <= 2 * (seconds + 2), "too many requests");
  }

  @Test
  void aTicketBringsInItsOwnerOnce() throws Exception {
    String ticket = ticket(issuer.token("ada", "trader"));
    try (TestClient client = TestClient.connect(withTicket(ticket), null)) {
      assertSubscribes(client, "users/ada/#");
      assertSubscribes(client, "stock/#");
    }
    assertEquals(401, handshake(withTicket(ticket), null).join());
    assertFalse(gateway.server().log().contains(ticket), "the log has the ticket");
  }

  @Test
  void aTicketOpensAnEventStream() throws Exception {
    String ticket = ticket(gateway.token("ada"));
    URI stream = gateway.server().uri().resolve("sse?topic=users/ada/a&ticket=" + ticket);
    try (EventSource source = EventSource.open(stream, null)) {
      assertEquals(200, publish(gateway.token("ada"), "users/ada/a"));
      assertTrue(source.awaitData("users/ada/a"));
    }
    HttpResponse<String> again =
        HTTP.send(HttpRequest.newBuilder(stream).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(401, again.statusCode());
  }

  @Test
  void aTicketMayBeAnOfferedSubprotocol() throws Exception {
    String offered = "openclaw.v1.json, openclaw.ticket." + ticket(gateway.token("ada"));
    String header = "Sec-WebSocket-Protocol: " + offered;
    try (RawConnection first = RawConnection.open(gateway.server().webSocketUri(), 0, header)) {
      assertEquals("openclaw.v1.json", first.header("Sec-WebSocket-Protocol"));
      assertTrue(first.read().text().contains("\"user\":\"ada\""));
    }
    assertEquals(401, Knock.at(gateway.server().webSocketUri(), header).status());
  }

  @Test
  void whoHasNoGoodTokenGetsNoTicket() throws Exception {
    assertEquals(401, post("tickets", null, "").statusCode());
    assertEquals(401, post("tickets", "x.y.z", "").statusCode());
    assertEquals(401, handshake(withTicket("x"), null).join());
  }

  @Test
  void ofHandshakesThatRaceWithOneTicketOneGetsIn() throws Exception {
    for (int round = 0; round < 10; round++) {
      URI uri = withTicket(ticket(gateway.token("ada")));
      List<CompletableFuture<Integer>> racing = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        racing.add(handshake(uri, null));
      }
      List<Integer> outcomes = racing.stream().map(CompletableFuture::join).sorted().toList();
      assertEquals(List.of(101, 401, 401, 401), outcomes);
    }
  }

  @Test
  void anApiKeyMayDoWhatItsScopesSayAndNothingElse() throws Exception {
    assertEquals(200, publish(IMPORTER, "orders/1"));
    assertEquals(403, publish(IMPORTER, "stock/1"));
    assertEquals(403, publish(IMPORTER, "users/importer/a"));
    assertEquals(403, publish(IMPORTER, "orders/closed/1"));
    assertEquals(403, publish(LISTENER, "acks/1"));
    assertEquals(401, publish(IMPORTER + "x", "orders/1"));
    try (TestClient listener = connect(LISTENER)) {
      assertSubscribes(listener, "acks/#");
      assertForbidden(listener, "public/#");
      assertForbidden(listener, "orders/#");
    }
  }

  @Test
  void sessionsEndWithTheirApiKeyOrIssuer() throws Exception {
    try (TestClient importer = connect(IMPORTER);
        TestClient listener = connect(LISTENER);
        TestClient partner = connect(partnerToken(PARTNER_SECRET, "ben"));
        TestClient discovered = connect(issuer.token("ada"))) {
      write(access() + issuers().replaceAll(".*issuer: partner.*\n", "") + apiKeys("other/#"));
      assertEquals(4503, importer.awaitClose());
      assertEquals(4503, partner.awaitClose());
      assertSubscribes(listener, "acks/#");
      assertSubscribes(discovered, "users/ada/#");
      assertEquals(403, publish(IMPORTER, "orders/1"));
      assertEquals(401, handshakeWith(partnerToken(PARTNER_SECRET, "ben")));
      write(access() + issuers());
      assertEquals(4503, listener.awaitClose());
      assertEquals(401, handshakeWith(LISTENER));
    } finally {
      restore();
    }
  }

  @Test
  void aTicketOfAnApiKeyThatIsGoneIsNoGood() throws Exception {
    String ticket = ticket(LISTENER);
    try {
      write(access() + issuers());
      Awaitility.await().atMost(PATIENCE).until(() -> handshakeWith(LISTENER) == 401);
      assertEquals(401, handshake(withTicket(ticket), null).join());
    } finally {
      restore();
    }
  }

  @Test
  void aRenewedTokenWithFewerRightsLosesWhatItDoesNotGrant() throws Exception {
    try (TestClient client = connect(gateway.token("ada", "trader"))) {
      assertSubscribes(client, "stock/#");
      assertSubscribes(client, "users/ada/#");
      client.send("{\"op\":\"auth\",\"id\":1,\"token\":\"" + gateway.token("ada") + "\"}");
      assertEquals("ada", client.await("ok").getString("user"));
      JsonObject lost = client.await("unsubscribed");
      assertEquals("stock/#", lost.getString("topic"));
      assertEquals("forbidden", lost.getString("code"));
      assertEquals(200, publish(gateway.token("ada"), "users/ada/x"));
      JsonObject next = client.await(message -> !message.getString("op").equals("ping"));
      assertEquals("users/ada/x", next.getString("topic"), next::toString);
    }
  }

  @Test
  void aTokenOfAnotherUserMakesTheSessionTheirs() throws Exception {
    try (TestClient client = connect(gateway.token("ada", "trader"))) {
      assertSubscribes(client, "users/ada/#");
      assertSubscribes(client, "stock/#");
      client.send("{\"op\":\"auth\",\"id\":1,\"token\":\"" + issuer.token("ben", "trader") + "\"}");
      assertEquals("ben", client.await("ok").getString("user"));
      assertEquals("users/ada/#", client.await("unsubscribed").getString("topic"));
      assertForbidden(client, "users/ada/#");
      client.send("{\"op\":\"auth\",\"id\":2,\"token\":\"" + LISTENER + "\"}");
      assertEquals("stock/#", client.await("unsubscribed").getString("topic"));
      assertForbidden(client, "users/ben/#");
      assertSubscribes(client, "acks/#");
    }
  }

  @Test
  void whoSignsInLaterMayUseAnApiKey() {
    try (TestClient client = connect(null)) {
      client.send("{\"op\":\"auth\",\"id\":1,\"token\":\"" + LISTENER + "\"}");
      JsonObject ok = client.await("ok");
      assertEquals("listener", ok.getString("user"));
      assertNull(ok.get("expires"));
      assertForbidden(client, "public/#");
    }
  }

  @Test
  void noSecretIsOnTheCommandLineOfTheServer() throws Exception {
    Path commandLine = Path.of("/proc", Long.toString(gateway.server().pid()), "cmdline");
    String shown = Files.readString(commandLine, StandardCharsets.ISO_8859_1);
    assertTrue(shown.contains("openclaw.config"), shown);
    assertFalse(shown.contains("secret"), shown);
  }
}
