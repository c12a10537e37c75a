package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.TestIssuer.NOW;
import static io.openclaw.gateway.security.TestIssuer.SECRET;
import static io.openclaw.gateway.security.TestIssuer.hmac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static JwtSettings settings(@Nullable String issuer, String... audiences) {
    return new JwtSettings(
        new JwtIssuer(
            issuer == null ? "" : issuer,
            new JwtKeys.HmacSecret(SECRET),
            Set.of(),
            List.of(audiences),
            Duration.ofSeconds(30),
            "sub",
            List.of("roles")),
        4096);
  }

  private static JwtSettings reading(JwtKeys keys, String userClaim, String... rolesClaims) {
    return new JwtSettings(
        new JwtIssuer(
            "", keys, Set.of(), List.of(), Duration.ZERO, userClaim, List.of(rolesClaims)),
        4096);
  }

  private static AuthenticationResult authenticate(JwtSettings settings, String token) {
    return new Authenticator(settings, CLOCK).authenticate(token);
  }

  private static Identity accepted(Consumer<JWTClaimsSet.Builder> change) {
    return accepted(settings(null), change);
  }

  private static Identity accepted(JwtSettings settings, Consumer<JWTClaimsSet.Builder> change) {
    AuthenticationResult result = authenticate(settings, hmac(change));
    return assertInstanceOf(AuthenticationResult.Authenticated.class, result).identity();
  }

  private static String refused(JwtSettings settings, String token) {
    AuthenticationResult.Refused refused =
        assertInstanceOf(AuthenticationResult.Refused.class, authenticate(settings, token));
    assertFalse(refused.retry());
    return refused.reason();
  }

  private static String refused(Consumer<JWTClaimsSet.Builder> change) {
    return refused(settings(null), hmac(change));
  }

  private static Date inSeconds(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  @Test
  void aGoodTokenNamesItsUserIdAndEnd() {
    Identity identity = accepted(claims -> claims.jwtID("t1"));
    assertEquals("ann", identity.user());
    assertEquals("t1", identity.tokenId());
    assertEquals(NOW.plusSeconds(600), identity.expiresAt());
    assertEquals(NOW.plusSeconds(630), identity.acceptedUntil());
    assertFalse(identity.isAnonymous());
  }

  @Test
  void rolesAreAnArrayOrATextWithSpaces() {
    assertEquals(Set.of("a", "b"), accepted(c -> c.claim("roles", List.of("a", "b"))).roles());
    assertEquals(Set.of("a", "b"), accepted(c -> c.claim("roles", " a  b ")).roles());
    assertEquals(Set.of(), accepted(c -> c.claim("roles", Map.of("a", 1))).roles());
    assertEquals(Set.of(), accepted(c -> {}).roles());
  }

  @Test
  void userAndRolesMayBeNestedClaimsAndRolesSeveral() {
    JwtSettings nested =
        reading(new JwtKeys.HmacSecret(SECRET), "profile.login", "realm_access.roles", "groups");
    Identity identity =
        accepted(
            nested,
            claims ->
                claims
                    .claim("profile", Map.of("login", "a.n"))
                    .claim("realm_access", Map.of("roles", List.of("admin")))
                    .claim("groups", "staff all"));
    assertEquals("a.n", identity.user());
    assertEquals(Set.of("admin", "staff", "all"), identity.roles());
  }

  @Test
  void aTokenThatNamesNobodyIsRefused() {
    assertEquals("the token names no user in sub", refused(claims -> claims.subject(null)));
    assertEquals("the token names no user in sub", refused(claims -> claims.subject(" ")));
  }

  @Test
  void anEndIsRequiredAndMayNotBePastTheSkew() {
    assertEquals(
        "the token has no end: exp is required", refused(claims -> claims.expirationTime(null)));
    assertEquals("the token has expired", refused(claims -> claims.expirationTime(inSeconds(-30))));
    assertEquals("ann", accepted(claims -> claims.expirationTime(inSeconds(-29))).user());
  }

  @Test
  void aTokenIsNotValidBeforeItsBeginningGiveOrTakeTheSkew() {
    assertEquals(
        "the token is not valid yet", refused(claims -> claims.notBeforeTime(inSeconds(31))));
    assertEquals("ann", accepted(claims -> claims.notBeforeTime(inSeconds(30))).user());
  }

  @Test
  void theIssuerIsTheConfiguredOne() {
    JwtSettings settings = settings("https://id.example");
    assertEquals("ann", accepted(settings, claims -> claims.issuer("https://id.example")).user());
    assertEquals(
        "the token is not from an issuer accepted here",
        refused(settings, hmac(claims -> claims.issuer("https://id.example/"))));
    assertEquals(
        "the token is not from an issuer accepted here", refused(settings, hmac(claims -> {})));
  }

  @Test
  void oneAudienceIsAConfiguredOne() {
    JwtSettings settings = settings(null, "gateway", "other");
    assertEquals(
        "ann", accepted(settings, claims -> claims.audience(List.of("x", "gateway"))).user());
    assertEquals(
        "the token is not meant for this audience",
        refused(settings, hmac(claims -> claims.audience("x"))));
    assertEquals("the token is not meant for this audience", refused(settings, hmac(claims -> {})));
  }

  @Test
  void aTokenWithoutSignatureIsRefused() {
    String plain = new PlainJWT(TestIssuer.claims().build()).serialize();
    assertEquals(
        "the token is not signed with a key and algorithm accepted here",
        refused(settings(null), plain));
  }

  @Test
  void aSignatureByAnotherSecretIsRefused() {
    String token =
        TestIssuer.sign(
            JWSAlgorithm.HS256,
            null,
            TestIssuer.claims().build(),
            TestIssuer.macSigner("another-secret-of-more-than-32-bytes"));
    assertEquals("the signature of the token is not valid", refused(settings(null), token));
  }

  @Test
  void changedClaimsAreRefused() {
    String[] parts = hmac(claims -> {}).split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    byte[] changed = claims.replace("ann", "eve").getBytes(StandardCharsets.UTF_8);
    String token = parts[0] + '.' + Base64.getUrlEncoder().encodeToString(changed) + '.' + parts[2];
    assertEquals("the signature of the token is not valid", refused(settings(null), token));
  }

  @Test
  void aShortSecretIsNotUsedForLongerHashes() {
    String token =
        TestIssuer.sign(
            JWSAlgorithm.HS512,
            null,
            TestIssuer.claims().build(),
            TestIssuer.macSigner("x".repeat(64)));
    assertEquals(
        "the token is not signed with a key and algorithm accepted here",
        refused(settings(null), token));
    JwtSettings longer = reading(new JwtKeys.HmacSecret("x".repeat(64)), "sub", "roles");
    assertInstanceOf(AuthenticationResult.Authenticated.class, authenticate(longer, token));
  }

  @Test
  void aTokenOfAnotherTypeIsRefused() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("logout+jwt")).build();
    String token =
        TestIssuer.sign(header, TestIssuer.claims().build(), TestIssuer.macSigner(SECRET));
    assertEquals(
        "the token is not signed with a key and algorithm accepted here",
        refused(settings(null), token));
  }

  @Test
  void anUnknownCriticalHeaderIsRefused() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .criticalParams(Set.of("exp2"))
            .customParam("exp2", 1)
            .build();
    String token =
        TestIssuer.sign(header, TestIssuer.claims().build(), TestIssuer.macSigner(SECRET));
    assertTrue(refused(settings(null), token).startsWith("the "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "eyJhbGciOiJIUzI1NiJ9..",
        "{}",
        "\u0000",
        "Bearer x",
        "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "bnVsbA.bnVsbA.bnVsbA",
        "W10.W10.W10"
      })
  void whatIsNoTokenIsRefusedWithoutAnException(String token) {
    assertFalse(refused(settings(null), token).isEmpty());
  }

  @Test
  void claimsOfWrongTypesAreRefusedWithoutAnException() {
    for (String claims :
        List.of("{\"exp\":\"soon\",\"sub\":\"a\"}", "{\"sub\":7}", "[]", "{\"exp\":1e400}", "x")) {
      assertFalse(refused(settings(null), rawHmac(claims)).isEmpty(), claims);
    }
  }

  private static String rawHmac(String payload) {
    try {
      JWSObject object = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
      object.sign(TestIssuer.macSigner(SECRET));
      return object.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDeeplyNestedTokenIsRefusedWithoutAnException() {
    String deep = "{\"a\":".repeat(400) + "1" + "}".repeat(400);
    assertFalse(refused(settings(null), rawHmac(deep)).isEmpty());
  }

  @Test
  void aTokenThatIsTooLongIsRefusedUnread() {
    assertEquals(
        "the token is longer than 4096 characters", refused(settings(null), "x".repeat(4097)));
  }

  @Test
  void withoutKeysEveryTokenIsRefused() {
    assertEquals(
        "the token is not from an issuer accepted here",
        refused(JwtSettings.DEFAULT, hmac(claims -> {})));
  }

  @Test
  void neitherSettingsNorIdentityShowSecrets() {
    assertFalse(settings(null).toString().contains(SECRET));
    String shown = accepted(claims -> claims.claim("card", "4711")).toString();
    assertEquals("Identity[ann]", shown);
  }
}
