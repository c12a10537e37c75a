package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.HttpIssuer.jwk;
import static io.openclaw.gateway.security.TestIssuer.NOW;
import static io.openclaw.gateway.security.TestIssuer.SECRET;
import static io.openclaw.gateway.security.TestIssuer.rsa;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several issuers side by side. */
class IssuersTest {
  private static final String OTHER_SECRET = "another-secret-of-more-than-thirty-two-bytes";
  private static final KeyPair KEY = rsa(2048);

  private static Authenticator believing(JwtIssuer own, JwtIssuer... others) {
    return new Authenticator(
        new JwtSettings(own, 8192),
        new Trust(List.of(others), List.of()),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static JwtIssuer issuer(String name, String secret) {
    return TestIssuer.named(name, new JwtKeys.HmacSecret(secret));
  }

  private static String token(@Nullable String issuer, String secret) {
    JWTClaimsSet claims = TestIssuer.claims().issuer(issuer).build();
    return TestIssuer.sign(JWSAlgorithm.HS256, null, claims, TestIssuer.macSigner(secret));
  }

  private static Identity accepted(Authenticator authenticator, String token) {
    return assertInstanceOf(
            AuthenticationResult.Authenticated.class, authenticator.authenticate(token))
        .identity();
  }

  private static String refused(Authenticator authenticator, String token) {
    return assertInstanceOf(AuthenticationResult.Refused.class, authenticator.authenticate(token))
        .reason();
  }

  @Test
  void aTokenIsVerifiedByTheKeysOfItsIssuerAlone() {
    Authenticator both =
        believing(JwtIssuer.NOBODY, issuer("https://a", SECRET), issuer("https://b", OTHER_SECRET));
    assertEquals("https://a", accepted(both, token("https://a", SECRET)).issuer());
    assertEquals("https://b", accepted(both, token("https://b", OTHER_SECRET)).issuer());
    assertEquals(
        "the signature of the token is not valid", refused(both, token("https://a", OTHER_SECRET)));
    assertEquals(
        "the signature of the token is not valid", refused(both, token("https://b", SECRET)));
  }

  @Test
  void theSameKeyUnderTheSameIdCountsForItsOwnIssuerOnly() {
    try (HttpIssuer a = new HttpIssuer(jwk("k", KEY));
        HttpIssuer b = new HttpIssuer(jwk("k", rsa(2048)))) {
      Authenticator both = believing(JwtIssuer.NOBODY, discovered(a), discovered(b));
      accepted(both, signedBy(KEY, a.name()));
      assertEquals(
          "the signature of the token is not valid", refused(both, signedBy(KEY, b.name())));
      assertEquals(
          "the token is not from an issuer accepted here",
          refused(both, signedBy(KEY, "https://c")));
    }
  }

  private static JwtIssuer discovered(HttpIssuer http) {
    return TestIssuer.named(http.name(), new JwtKeys.Discovery(http.url(""), FetchBounds.DEFAULT));
  }

  private static String signedBy(KeyPair key, String issuer) {
    JWTClaimsSet claims = TestIssuer.claims().issuer(issuer).build();
    return TestIssuer.sign(JWSAlgorithm.RS256, "k", claims, TestIssuer.signer(key));
  }

  @Test
  void theIssOfAnUnknownIssuerLetsNothingBeFetched() {
    try (HttpIssuer known = new HttpIssuer(jwk("k", KEY));
        HttpIssuer unknown = new HttpIssuer(jwk("k", KEY))) {
      Authenticator authenticator = believing(JwtIssuer.NOBODY, discovered(known));
      assertEquals(
          "the token is not from an issuer accepted here",
          refused(authenticator, signedBy(KEY, unknown.name())));
      assertEquals(0, unknown.requests(HttpIssuer.METADATA) + known.requests(HttpIssuer.METADATA));
    }
  }

  @Test
  void theIssuerWithoutANameTakesTokensOfNoOtherIssuer() {
    Authenticator both = believing(issuer("", SECRET), issuer("https://b", OTHER_SECRET));
    assertEquals("", accepted(both, token(null, SECRET)).issuer());
    assertEquals("", accepted(both, token("https://somebody", SECRET)).issuer());
    assertEquals(
        "the signature of the token is not valid", refused(both, token("https://b", SECRET)));
  }

  @Test
  void withNamedIssuersOnlyATokenWithoutIssIsRefused() {
    Authenticator named = believing(issuer("https://a", SECRET), issuer("https://b", SECRET));
    assertEquals(
        "the token is not from an issuer accepted here", refused(named, token(null, SECRET)));
    assertEquals(
        "the token is not from an issuer accepted here", refused(named, token("", SECRET)));
    accepted(named, token("https://a", SECRET));
  }

  @Test
  void eachIssuerHasItsOwnRules() {
    JwtIssuer strict =
        new JwtIssuer(
            "https://a",
            new JwtKeys.HmacSecret(SECRET),
            Set.of("HS256"),
            List.of("gateway"),
            Duration.ZERO,
            "email",
            List.of("roles"));
    Authenticator both = believing(JwtIssuer.NOBODY, strict, issuer("https://b", SECRET));
    assertEquals(
        "the token is not meant for this audience", refused(both, token("https://a", SECRET)));
    assertEquals("ann", accepted(both, token("https://b", SECRET)).user());
  }

  @Test
  void usersOfTheSameNameFromTwoIssuersAreTwo() {
    Authenticator both =
        believing(JwtIssuer.NOBODY, issuer("https://a", SECRET), issuer("https://b", SECRET));
    Identity ofA = accepted(both, token("https://a", SECRET));
    Identity ofB = accepted(both, token("https://b", SECRET));
    assertEquals(ofA.user(), ofB.user());
    assertNotEquals(ofA, ofB);
    assertNotEquals(ofA.countingKey(), ofB.countingKey());
  }

  @Test
  void pinnedAlgorithmsAreTheOnlyOnes() {
    JwtKeys long64 = new JwtKeys.HmacSecret("x".repeat(64));
    Authenticator pinned = believing(TestIssuer.named("", long64, "HS512"));
    JWTClaimsSet claims = TestIssuer.claims().build();
    accepted(
        pinned,
        TestIssuer.sign(JWSAlgorithm.HS512, null, claims, TestIssuer.macSigner("x".repeat(64))));
    assertEquals(
        "the token is not signed with a key and algorithm accepted here",
        refused(
            pinned,
            TestIssuer.sign(
                JWSAlgorithm.HS256, null, claims, TestIssuer.macSigner("x".repeat(64)))));
  }

  @Test
  void pinnedAlgorithmsHoldForFetchedKeysToo() {
    try (HttpIssuer http = new HttpIssuer(jwk("k", KEY))) {
      JwtKeys keys = new JwtKeys.JwksUrl(http.url(HttpIssuer.KEYS), FetchBounds.DEFAULT);
      Authenticator pinned = believing(TestIssuer.named("", keys, "PS256"));
      assertEquals(
          "the token is not signed with a key and algorithm accepted here",
          refused(pinned, signedBy(KEY, "x")));
      assertEquals(0, http.requests(HttpIssuer.KEYS));
    }
  }

  @Test
  void anAlgorithmOfAnotherKindOfKeyIsAFault() {
    JwtKeys file = new JwtKeys.KeyFile(java.nio.file.Path.of("x"), List.of(KEY.getPublic()));
    for (String algorithm : List.of("none", "HS256", "ES256", "RS1", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> TestIssuer.named("a", file, "RS256", algorithm));
    }
    JwtKeys secret = new JwtKeys.HmacSecret(SECRET);
    for (String algorithm : List.of("none", "RS256", "HS384")) {
      assertThrows(IllegalArgumentException.class, () -> TestIssuer.named("a", secret, algorithm));
    }
  }

  @Test
  void anIssuerCannotPassForTheApiKeys() {
    assertThrows(IllegalArgumentException.class, () -> issuer(Identity.API_KEYS, SECRET));
    Identity claimsIt = accepted(believing(issuer("", SECRET)), token(Identity.API_KEYS, SECRET));
    assertEquals("", claimsIt.issuer());
    assertEquals(Authority.POLICY, claimsIt.authority());
  }

  @Test
  void changedIssuersAreBelievedAtOnceAndThoseGoneNoMore() {
    Authenticator authenticator = believing(JwtIssuer.NOBODY, issuer("https://a", SECRET));
    Identity ofA = accepted(authenticator, token("https://a", SECRET));
    Trust onlyB = new Trust(List.of(issuer("https://b", SECRET)), List.of());
    assertTrue(authenticator.vouchFor(ofA));
    assertTrue(authenticator.believe(onlyB));
    assertFalse(authenticator.believe(onlyB));
    assertFalse(authenticator.vouchFor(ofA));
    assertTrue(authenticator.vouchFor(Identity.ANONYMOUS));
    refused(authenticator, token("https://a", SECRET));
    assertTrue(authenticator.vouchFor(accepted(authenticator, token("https://b", SECRET))));
  }

  @Test
  void keysOfAnUnchangedIssuerAreNotFetchedAgain() {
    try (HttpIssuer http = new HttpIssuer(jwk("k", KEY))) {
      Authenticator authenticator = believing(JwtIssuer.NOBODY, discovered(http));
      accepted(authenticator, signedBy(KEY, http.name()));
      authenticator.believe(
          new Trust(List.of(discovered(http), issuer("https://b", SECRET)), List.of()));
      accepted(authenticator, signedBy(KEY, http.name()));
      assertEquals(1, http.requests(HttpIssuer.KEYS));
    }
  }
}
