package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
  private static final OriginPolicy SAME_HOST = new OriginPolicy(List.of());

  @Test
  void whatHasNoOriginIsNoBrowser() {
    assertTrue(SAME_HOST.allows(null, "gateway.example"));
    assertTrue(SAME_HOST.allows(null, null));
  }

  @Test
  void anOriginOnTheListIsAllowed() {
    OriginPolicy policy = new OriginPolicy(List.of("https://App.example.com:443"));
    assertTrue(policy.allows("https://app.example.com", "gateway.example"));
    assertFalse(policy.allows("http://app.example.com", "gateway.example"));
    assertFalse(policy.allows("https://app.example.com.evil.example", "gateway.example"));
  }

  @Test
  void aStarAllowsEveryOrigin() {
    assertTrue(new OriginPolicy(List.of("*")).allows("https://any.example", "x"));
    assertTrue(new OriginPolicy(List.of("*")).allows("null", "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080",
    "https://gateway.example, gateway.example",
    "https://gateway.example, GATEWAY.example:443",
    "http://gateway.example, gateway.example:80",
    "http://[::1]:8080, [::1]:8080"
  })
  void theHostOfTheGatewayItselfIsAllowed(String origin, String host) {
    assertTrue(SAME_HOST.allows(origin, host));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8081, localhost:8080",
    "https://evil.example, gateway.example",
    "https://gateway.example:8443, gateway.example",
    "null, gateway.example",
    "'', gateway.example",
    "gateway.example, gateway.example"
  })
  void everythingElseIsNot(String origin, String host) {
    assertFalse(SAME_HOST.allows(origin, host));
    assertFalse(SAME_HOST.allows(origin, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.example.com", "https://", "https://a.example/path", "https://*@x"})
  void whatIsNoOriginCannotBeListed(String origin) {
    assertThrows(IllegalArgumentException.class, () -> new OriginPolicy(List.of(origin)));
  }
}
