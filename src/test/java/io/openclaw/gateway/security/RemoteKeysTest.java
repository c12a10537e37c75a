package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.HttpIssuer.KEYS;
import static io.openclaw.gateway.security.HttpIssuer.METADATA;
import static io.openclaw.gateway.security.HttpIssuer.jwk;
import static io.openclaw.gateway.security.HttpIssuer.keySet;
import static io.openclaw.gateway.security.HttpIssuer.redirect;
import static io.openclaw.gateway.security.HttpIssuer.status;
import static io.openclaw.gateway.security.HttpIssuer.text;
import static io.openclaw.gateway.security.TestIssuer.rsa;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.openclaw.gateway.fake.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Keys that are fetched from a real HTTP server; only time is ours. */
class RemoteKeysTest {
  private static final KeyPair KEY = rsa(2048);
  private static final KeyPair NEW_KEY = rsa(2048);
  private static final Duration TIMEOUT = Duration.ofMillis(700);
  private static final Duration MAX_AGE = Duration.ofMinutes(10);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
  private static final FetchBounds BOUNDS =
      new FetchBounds(TIMEOUT, 64 << 10, MAX_AGE, MIN_INTERVAL);

  private final ManualTime time = new ManualTime();
  private final HttpIssuer http = new HttpIssuer(jwk("one", KEY));

  @AfterEach
  void stop() {
    http.close();
  }

  private Authenticator fromUrl() {
    return authenticator(
        TestIssuer.named("", new JwtKeys.JwksUrl(http.url(KEYS), BOUNDS)), Trust.NOBODY);
  }

  private Authenticator discovering() {
    JwtKeys keys = new JwtKeys.Discovery(http.url(""), BOUNDS);
    return authenticator(TestIssuer.named(http.name(), keys), Trust.NOBODY);
  }

  private Authenticator authenticator(JwtIssuer issuer, Trust trust) {
    return new Authenticator(new JwtSettings(issuer, 8192), trust, time);
  }

  private String token(String keyId, KeyPair key) {
    return token(keyId, TestIssuer.signer(key));
  }

  private String token(String keyId, JWSSigner signer) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(http.name())
            .subject("ann")
            .expirationTime(Date.from(time.instant().plus(Duration.ofDays(1))))
            .build();
    return TestIssuer.sign(JWSAlgorithm.RS256, keyId, claims, signer);
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
    Authenticator authenticator = fromUrl();
    for (int i = 0; i < 5; i++) {
      assertAccepts(authenticator, token("one", KEY));
    }
    assertEquals(1, http.requests(KEYS));
  }

  @Test
  void nothingIsFetchedBeforeATokenNeedsIt() {
    assertNotAccepted(fromUrl(), TestIssuer.hmac(claims -> claims.issuer(http.name())));
    assertEquals(0, http.requests(KEYS));
  }

  @Test
  void aNewKeyIsFoundByFetchingAgain() {
    Authenticator authenticator = fromUrl();
    assertAccepts(authenticator, token("one", KEY));
    http.publish(jwk("one", KEY), jwk("two", NEW_KEY));
    time.pass(MIN_INTERVAL);
    assertAccepts(authenticator, token("two", NEW_KEY));
    assertEquals(2, http.requests(KEYS));
  }

  @Test
  void unknownKeysLetItBeFetchedOnceInAnIntervalAndNoMore() {
    Authenticator authenticator = fromUrl();
    for (int interval = 1; interval <= 3; interval++) {
      for (int i = 0; i < 20; i++) {
        assertNotAccepted(authenticator, token("unknown" + i, NEW_KEY));
        time.pass(Duration.ofMillis(100));
      }
      assertEquals(interval, http.requests(KEYS));
      time.pass(MIN_INTERVAL);
    }
    assertAccepts(authenticator, token("one", KEY));
  }

  @Test
  void aSymmetricKeyInTheSetIsPassedOver() {
    String secret = "x".repeat(32);
    http.publish(
        jwk("one", KEY),
        new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).keyID("sym").build());
    JWTClaimsSet claims = TestIssuer.claims().build();
    assertNotAccepted(
        fromUrl(),
        TestIssuer.sign(JWSAlgorithm.HS256, "sym", claims, TestIssuer.macSigner(secret)));
  }

  @Test
  void aWeakKeyInTheSetIsPassedOver() {
    KeyPair weak = rsa(1024);
    http.publish(jwk("one", KEY), jwk("weak", weak));
    JWSSigner signer = new RSASSASigner(weak.getPrivate(), Set.of(AllowWeakRSAKey.getInstance()));
    assertNotAccepted(fromUrl(), token("weak", signer));
  }

  @Test
  void anOutageAtTheStartIsNotTheTokensFaultAndIsGotOver() {
    http.answer(KEYS, status(503));
    Authenticator authenticator = fromUrl();
    assertUnavailable(authenticator, token("one", KEY));
    http.publish(jwk("one", KEY));
    assertUnavailable(authenticator, token("one", KEY));
    assertEquals(1, http.requests(KEYS));
    time.pass(MIN_INTERVAL);
    assertAccepts(authenticator, token("one", KEY));
  }

  @Test
  void oldKeysAreUsedThroughAnOutageUpToTenTimesAsLong() {
    Authenticator authenticator = fromUrl();
    assertAccepts(authenticator, token("one", KEY));
    http.answer(KEYS, status(503));
    for (int i = 0; i < 9; i++) {
      time.pass(MAX_AGE.plusSeconds(1));
      assertAccepts(authenticator, token("one", KEY));
    }
    assertEquals(10, http.requests(KEYS));
    time.pass(MAX_AGE);
    assertUnavailable(authenticator, token("one", KEY));
  }

  @Test
  void aTokenWithAnUnknownKeyIsRefusedForNowWhileTheIssuerIsDown() {
    Authenticator authenticator = fromUrl();
    assertAccepts(authenticator, token("one", KEY));
    http.answer(KEYS, status(503));
    time.pass(MIN_INTERVAL);
    assertUnavailable(authenticator, token("two", NEW_KEY));
    assertUnavailable(authenticator, token("two", NEW_KEY));
    assertEquals(2, http.requests(KEYS));
  }

  @Test
  void aWithdrawnKeyIsRefusedOnceTheKeySetIsOld() {
    Authenticator authenticator = fromUrl();
    assertAccepts(authenticator, token("one", KEY));
    http.publish(jwk("two", NEW_KEY));
    time.pass(MAX_AGE.plusSeconds(1));
    assertNotAccepted(authenticator, token("one", KEY));
  }

  @Test
  void anAnswerThatIsTooLargeIsNotRead() {
    http.answer(KEYS, text(" ".repeat(65 << 10) + keySet(jwk("one", KEY))));
    assertUnavailable(fromUrl(), token("one", KEY));
  }

  @Test
  void anAnswerThatIsNoKeySetIsNotTheTokensFault() {
    http.answer(KEYS, text("<html>"));
    assertUnavailable(fromUrl(), token("one", KEY));
  }

  @Test
  void aRedirectIsNotFollowed() {
    http.answer("/elsewhere", text(keySet(jwk("one", KEY))));
    http.answer(KEYS, redirect("/elsewhere"));
    assertUnavailable(fromUrl(), token("one", KEY));
    assertEquals(0, http.requests("/elsewhere"));
  }

  @Test
  void anIssuerThatSaysNothingCostsTheTimeoutAndNoMore() {
    http.answer(KEYS, http.silence());
    assertUnavailableInTime();
  }

  @Test
  void anAnswerThatComesToNoEndCostsTheTimeoutAndNoMore() {
    http.answer(KEYS, http.endless());
    assertUnavailableInTime();
  }

  private void assertUnavailableInTime() {
    long start = System.nanoTime();
    assertUnavailable(fromUrl(), token("one", KEY));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
  }

  @Test
  void aSlowIssuerHoldsUpFewThreadsAndNoOtherIssuer() throws Exception {
    http.answer(KEYS, http.silence());
    FetchBounds patient = new FetchBounds(Duration.ofSeconds(20), 64 << 10, MAX_AGE, MIN_INTERVAL);
    JwtIssuer slow = TestIssuer.named(http.name(), new JwtKeys.JwksUrl(http.url(KEYS), patient));
    JwtIssuer other = TestIssuer.named("other", new JwtKeys.HmacSecret(TestIssuer.SECRET));
    Authenticator authenticator =
        authenticator(JwtIssuer.NOBODY, new Trust(List.of(slow, other), List.of()));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CountDownLatch answered = new CountDownLatch(12);
      List<Future<AuthenticationResult>> results = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        results.add(
            threads.submit(
                () -> {
                  AuthenticationResult result = authenticator.authenticate(token("one", KEY));
                  answered.countDown();
                  return result;
                }));
      }
      assertTrue(answered.await(10, TimeUnit.SECONDS));
      Awaitility.await().until(() -> http.requests(KEYS) == 1);
      JWTClaimsSet claims =
          TestIssuer.claims()
              .issuer("other")
              .expirationTime(Date.from(time.instant().plusSeconds(9)))
              .build();
      assertAccepts(
          authenticator,
          TestIssuer.sign(
              JWSAlgorithm.HS256, null, claims, TestIssuer.macSigner(TestIssuer.SECRET)));
      assertEquals(8, results.stream().filter(result -> !result.isDone()).count());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoComesWhileOldKeysAreFetchedAgainDoesNotWait() throws Exception {
    Authenticator authenticator = fromUrl();
    assertAccepts(authenticator, token("one", KEY));
    CountDownLatch go = new CountDownLatch(1);
    http.answer(
        KEYS,
        exchange -> {
          awaitQuietly(go);
          text(keySet(jwk("one", KEY))).send(exchange);
        });
    time.pass(MAX_AGE.plusSeconds(1));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<AuthenticationResult> first =
          thread.submit(() -> authenticator.authenticate(token("one", KEY)));
      Awaitility.await().until(() -> http.requests(KEYS) == 2);
      assertAccepts(authenticator, token("one", KEY));
      go.countDown();
      assertInstanceOf(AuthenticationResult.Authenticated.class, first.get(10, TimeUnit.SECONDS));
    } finally {
      thread.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nested
  class Discovery {
    @Test
    void theIssuersMetadataSayWhereItsKeysAre() {
      assertAccepts(discovering(), token("one", KEY));
      assertEquals(1, http.requests(METADATA));
    }

    @Test
    void keysThatMovedAreFound() {
      Authenticator authenticator = discovering();
      assertAccepts(authenticator, token("one", KEY));
      metadata(http.name(), http.url("/new").toString());
      http.answer("/new", text(keySet(jwk("two", NEW_KEY))));
      time.pass(MIN_INTERVAL);
      assertAccepts(authenticator, token("two", NEW_KEY));
    }

    private void metadata(String issuer, String keys) {
      http.answer(METADATA, text("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}"));
    }

    @Test
    void metadataOfAnotherIssuerAreNotUsed() {
      metadata("https://id.example", http.url(KEYS).toString());
      assertUnavailable(discovering(), token("one", KEY));
      assertEquals(0, http.requests(KEYS));
    }

    @Test
    void metadataWithoutAUsableKeySetAreNotUsed() {
      for (String keys : List.of("file:///etc/passwd", "", "jar:http://x!/")) {
        metadata(http.name(), keys);
        assertUnavailable(discovering(), token("one", KEY));
      }
      http.answer(METADATA, text("[]"));
      assertUnavailable(discovering(), token("one", KEY));
    }

    @Test
    void anIssuerBehindTlsDoesNotLeadToKeysThatAreNot() throws IOException {
      KeyDocument.Discovered safe =
          new KeyDocument.Discovered(URI.create("https://id"), BOUNDS, new BoundedHttp());
      String metadata = "{\"issuer\":\"https://id\",\"jwks_uri\":\"%s\"}";
      assertEquals(
          URI.create("https://other/keys"),
          safe.keysNamedIn(metadata.formatted("https://other/keys")));
      assertThrows(IOException.class, () -> safe.keysNamedIn(metadata.formatted("http://id/keys")));
    }

    @Test
    void metadataAreBoundedLikeKeySets() {
      http.answer(METADATA, text(" ".repeat(65 << 10)));
      assertUnavailable(discovering(), token("one", KEY));
      http.answer(METADATA, redirect("/elsewhere"));
      assertUnavailable(discovering(), token("one", KEY));
      http.answer(METADATA, http.endless());
      assertUnavailable(discovering(), token("one", KEY));
      assertEquals(0, http.requests(KEYS));
    }

    @Test
    void anIssuerThatIsDownAtTheStartIsAskedAgain() {
      http.answer(METADATA, status(500));
      Authenticator authenticator = discovering();
      assertUnavailable(authenticator, token("one", KEY));
      metadata(http.name(), http.url(KEYS).toString());
      time.pass(MIN_INTERVAL);
      assertAccepts(authenticator, token("one", KEY));
    }
  }
}
