package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.TestIssuer.NOW;
import static io.openclaw.gateway.security.TestIssuer.rsa;
import static io.openclaw.gateway.security.TestIssuer.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server. */
class JwksUrlTest {
  private static final KeyPair KEY = rsa(2048);
  private static final KeyPair NEW_KEY = rsa(2048);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile String answer = "";
  private volatile int status = 200;
  private volatile boolean stuck;

  @SuppressWarnings("NullAway.Init") // start() does
  JwksUrlTest() {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/jwks", this::serve);
    server.start();
    answer = keySet(jwk("one", KEY));
  }

  @AfterEach
  void stop() {
    testIsOver.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    if (stuck) {
      await();
    }
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void await() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JWK jwk(String id, KeyPair key) {
    return new RSAKey.Builder((RSAPublicKey) key.getPublic()).keyID(id).build();
  }

  private static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private Authenticator authenticator(Duration maxAge, Duration minInterval) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    JwtKeys keys = new JwtKeys.JwksUrl(url, TIMEOUT, 64 << 10, maxAge, minInterval);
    JwtSettings settings =
        new JwtSettings(keys, null, List.of(), Duration.ZERO, "sub", "roles", 8192);
    return new Authenticator(settings, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static void assertAccepts(Authenticator authenticator, String token) {
    assertInstanceOf(AuthenticationResult.Authenticated.class, authenticator.authenticate(token));
  }

  private static void assertNotAccepted(Authenticator authenticator, String token) {
    assertEquals(
        new AuthenticationResult.Refused(
            "the token is not signed with a key and algorithm accepted here", false),
        authenticator.authenticate(token));
  }

  private static void assertUnavailable(Authenticator authenticator, String token) {
    assertEquals(
        new AuthenticationResult.Refused(
            "the token cannot be checked now: its keys are not available", true),
        authenticator.authenticate(token));
  }

  @Test
  void theKeySetIsFetchedOnceForManyTokens() {
    Authenticator authenticator = authenticator(LONG, SHORT);
    for (int i = 0; i < 5; i++) {
      assertAccepts(authenticator, signed(JWSAlgorithm.RS256, "one", KEY));
    }
    assertEquals(1, requests.get());
  }

  @Test
  void aNewKeyIsFoundByFetchingAgain() {
    Authenticator authenticator = authenticator(LONG, SHORT);
    assertAccepts(authenticator, signed(JWSAlgorithm.RS256, "one", KEY));
    answer = keySet(jwk("one", KEY), jwk("two", NEW_KEY));
    assertAccepts(authenticator, signed(JWSAlgorithm.RS256, "two", NEW_KEY));
    assertEquals(2, requests.get());
  }

  @Test
  void tokensWithUnknownKeysDoNotLetItBeFetchedWithoutEnd() {
    Authenticator authenticator = authenticator(LONG, Duration.ofMinutes(30));
    for (int i = 0; i < 20; i++) {
      assertNotAccepted(authenticator, signed(JWSAlgorithm.RS256, "unknown" + i, NEW_KEY));
    }
    assertTrue(requests.get() <= 3, () -> requests + " requests");
    assertAccepts(authenticator, signed(JWSAlgorithm.RS256, "one", KEY));
  }

  @Test
  void aSymmetricKeyInTheSetIsPassedOver() {
    String secret = "x".repeat(32);
    OctetSequenceKey symmetric =
        new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).keyID("sym").build();
    answer = keySet(jwk("one", KEY), symmetric);
    String forged =
        TestIssuer.sign(
            JWSAlgorithm.HS256, "sym", TestIssuer.claims().build(), TestIssuer.macSigner(secret));
    assertNotAccepted(authenticator(LONG, SHORT), forged);
  }

  @Test
  void anOutageIsNotTheTokensFault() {
    status = 503;
    assertUnavailable(authenticator(LONG, SHORT), signed(JWSAlgorithm.RS256, "one", KEY));
  }

  @Test
  void theLastKeySetIsUsedThroughAnOutage() {
    Authenticator authenticator = authenticator(TIMEOUT.plusMillis(1), SHORT);
    String token = signed(JWSAlgorithm.RS256, "one", KEY);
    assertAccepts(authenticator, token);
    status = 503;
    Awaitility.await()
        .until(
            () -> {
              assertAccepts(authenticator, token);
              return requests.get() > 2;
            });
  }

  @Test
  void anAnswerThatIsTooLargeIsNotRead() {
    answer = " ".repeat(65 << 10) + keySet(jwk("one", KEY));
    assertUnavailable(authenticator(LONG, SHORT), signed(JWSAlgorithm.RS256, "one", KEY));
  }

  @Test
  void anAnswerThatIsNoKeySetIsNotTheTokensFault() {
    answer = "<html>";
    assertUnavailable(authenticator(LONG, SHORT), signed(JWSAlgorithm.RS256, "one", KEY));
  }

  @Test
  void aServerThatDoesNotAnswerCostsTheTimeoutAndNoMore() {
    stuck = true;
    long start = System.nanoTime();
    assertUnavailable(authenticator(LONG, SHORT), signed(JWSAlgorithm.RS256, "one", KEY));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
  }
}
