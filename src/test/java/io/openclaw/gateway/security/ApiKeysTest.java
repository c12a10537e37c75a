package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.TestIssuer.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.TopicPattern;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final String KEY = "ock_" + "k".repeat(43);
  private static final List<Scope> ORDERS = scopes("orders/#");

  private static List<Scope> scopes(String topic) {
    return List.of(new Scope(Set.of(Action.PUBLISH), List.of(TopicPattern.of(topic))));
  }

  private static ApiKey key(String name, String key, @Nullable Instant expires) {
    return new ApiKey(name, ApiKey.hashOf(key), ORDERS, expires);
  }

  private static Authenticator knowing(ApiKey... keys) {
    return new Authenticator(
        JwtSettings.DEFAULT, new Trust(List.of(), List.of(keys)), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Identity accepted(Authenticator authenticator) {
    return assertInstanceOf(
            AuthenticationResult.Authenticated.class, authenticator.authenticate(KEY))
        .identity();
  }

  private static String refused(Authenticator authenticator, String key) {
    return assertInstanceOf(AuthenticationResult.Refused.class, authenticator.authenticate(key))
        .reason();
  }

  @Test
  void theHashIsThatOfTheWholeKey() {
    assertEquals(
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ApiKey.hashOf("abc"));
  }

  @Test
  void aKeyBringsInItsHolderWithItsScopes() {
    Identity holder = accepted(knowing(key("importer", KEY, null)));
    assertEquals("importer", holder.user());
    assertEquals(Identity.API_KEYS, holder.issuer());
    assertEquals(Set.of(), holder.roles());
    assertEquals(new Authority.Scoped(ORDERS), holder.authority());
    assertFalse(holder.isAnonymous());
  }

  @Test
  void anotherKeyIsRefused() {
    Authenticator authenticator = knowing(key("importer", KEY, null));
    assertEquals("the API key is not known here", refused(authenticator, KEY + "k"));
    assertEquals("the API key is not known here", refused(authenticator, ApiKey.PREFIX));
    assertEquals(
        "the API key is not known here", refused(authenticator, "ock_" + ApiKey.hashOf(KEY)));
  }

  @Test
  void aKeyEndsAtItsMoment() {
    Authenticator past = knowing(key("importer", KEY, NOW));
    assertEquals("the API key has expired", refused(past, KEY));
    Instant end = NOW.plusSeconds(1);
    assertEquals(end, accepted(knowing(key("importer", KEY, end))).acceptedUntil());
  }

  @Test
  void theHolderOfAKeyThatIsGoneOrChangedIsVouchedForNoMore() {
    Authenticator authenticator = knowing(key("importer", KEY, null));
    Identity holder = accepted(authenticator);
    assertTrue(authenticator.vouchFor(holder));
    for (ApiKey other :
        List.of(
            key("other", KEY, null),
            key("importer", KEY + "2", null),
            key("importer", KEY, NOW.plusSeconds(1)),
            new ApiKey("importer", ApiKey.hashOf(KEY), scopes("x"), null))) {
      authenticator.believe(new Trust(List.of(), List.of(other)));
      assertFalse(authenticator.vouchFor(holder), other.name());
    }
    authenticator.believe(new Trust(List.of(), List.of(key("importer", KEY, null))));
    assertTrue(authenticator.vouchFor(holder));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
      })
  void whatIsNoHashIsAFault(String hash) {
    assertThrows(IllegalArgumentException.class, () -> new ApiKey("importer", hash, ORDERS, null));
  }

  @Test
  void twoKeysOfOneNameOrHashAreAFault() {
    assertThrows(
        IllegalArgumentException.class,
        () -> knowing(key("a", KEY, null), key("a", KEY + "2", null)));
    assertThrows(
        IllegalArgumentException.class, () -> knowing(key("a", KEY, null), key("b", KEY, null)));
  }
}
