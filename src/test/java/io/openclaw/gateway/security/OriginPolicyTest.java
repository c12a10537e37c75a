package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.security.OriginPolicy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
  private static final OriginPolicy SAME_HOST = new OriginPolicy(List.of());

  @Test
  void whatHasNoOriginIsNoBrowser() {
    assertEquals(Verdict.NO_BROWSER, SAME_HOST.judge(null, "gateway.example", false));
    assertEquals(Verdict.NO_BROWSER, SAME_HOST.judge(null, null, true));
  }

  @Test
  void anOriginOnTheListIsAllowed() {
    OriginPolicy policy = new OriginPolicy(List.of("https://App.example.com:443"));
    assertEquals(Verdict.BY_NAME, judged(policy, "https://app.example.com"));
    assertEquals(Verdict.REFUSED, judged(policy, "http://app.example.com"));
    assertEquals(Verdict.REFUSED, judged(policy, "https://app.example.com.evil.example"));
  }

  @Test
  void aStarAllowsEveryOriginButNotByName() {
    OriginPolicy policy = new OriginPolicy(List.of("*", "https://app.example.com"));
    assertEquals(Verdict.ANY, judged(policy, "https://any.example"));
    assertEquals(Verdict.ANY, judged(policy, "null"));
    assertEquals(Verdict.BY_NAME, judged(policy, "https://app.example.com"));
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
    assertEquals(Verdict.BY_NAME, SAME_HOST.judge(origin, host, false));
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
    assertEquals(Verdict.REFUSED, SAME_HOST.judge(origin, host, false));
    assertEquals(Verdict.REFUSED, SAME_HOST.judge(origin, null, false));
  }

  @Test
  void aPageWithoutTlsIsNotTheGatewaysOwnWhereTheClientSpokeTls() {
    assertEquals(Verdict.REFUSED, SAME_HOST.judge("http://g.example", "g.example", true));
    assertEquals(Verdict.BY_NAME, SAME_HOST.judge("https://g.example", "g.example", true));
    assertEquals(Verdict.BY_NAME, SAME_HOST.judge("https://g.example", "g.example", false));
  }

  private static Verdict judged(OriginPolicy policy, String origin) {
    return policy.judge(origin, "gateway.example", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.example.com", "https://", "https://a.example/path", "https://*@x"})
  void whatIsNoOriginCannotBeListed(String origin) {
    assertThrows(IllegalArgumentException.class, () -> new OriginPolicy(List.of(origin)));
  }
}
