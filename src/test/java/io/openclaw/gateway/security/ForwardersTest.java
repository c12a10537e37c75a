package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardersTest {
  private static final List<IpNetwork> PROXIES =
      List.of(IpNetwork.of("10.0.0.0/8"), IpNetwork.of("2001:db8:a::/48"));
  private static final Forwarders X = new Forwarders(PROXIES, Forwarders.Kind.X_FORWARDED);
  private static final Forwarders STANDARD = new Forwarders(PROXIES, Forwarders.Kind.FORWARDED);

  private static Arrival arrival(Forwarders forwarders, String peer, String... headers) {
    Map<String, List<String>> all = new java.util.HashMap<>();
    all.put("Host", List.of("inner:8080"));
    for (int i = 0; i < headers.length; i += 2) {
      all.computeIfAbsent(headers[i], name -> new java.util.ArrayList<>()).add(headers[i + 1]);
    }
    return forwarders.arrival(
        new Forwarders.Request(peer, false, name -> all.getOrDefault(name, List.of())));
  }

  @Test
  void ofAPeerThatIsNotTrustedNoHeaderCounts() {
    Arrival direct = new Arrival("192.0.2.1", false, "inner:8080");
    assertEquals(
        direct,
        arrival(
            X,
            "192.0.2.1",
            "X-Forwarded-For",
            "203.0.113.9",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "evil.example"));
    assertEquals(
        direct, arrival(STANDARD, "192.0.2.1", "Forwarded", "for=203.0.113.9;proto=https"));
    assertEquals(direct, arrival(Forwarders.NONE, "192.0.2.1", "X-Forwarded-For", "1.2.3.4"));
  }

  @Test
  void onlyTheConfiguredKindOfHeaderCounts() {
    Arrival direct = new Arrival("10.0.0.1", false, "inner:8080");
    assertEquals(direct, arrival(X, "10.0.0.1", "Forwarded", "for=203.0.113.9;proto=https"));
    assertEquals(direct, arrival(STANDARD, "10.0.0.1", "X-Forwarded-For", "203.0.113.9"));
  }

  @Test
  void theFirstHopFromTheRightThatIsNoProxyIsTheClient() {
    assertEquals(
        "203.0.113.9",
        arrival(X, "10.0.0.1", "X-Forwarded-For", "1.2.3.4, 203.0.113.9, 10.0.0.2").address());
    assertEquals(
        "203.0.113.9",
        arrival(
                X,
                "10.0.0.1",
                "X-Forwarded-For",
                "1.2.3.4",
                "X-Forwarded-For",
                "203.0.113.9,10.0.0.2")
            .address());
    assertEquals(
        "203.0.113.9",
        arrival(STANDARD, "10.0.0.1", "Forwarded", "for=1.2.3.4, for=203.0.113.9, for=10.0.0.2")
            .address());
  }

  @Test
  void ifAllAreProxiesTheLeftmostIsTheClient() {
    assertEquals(
        "10.0.0.3", arrival(X, "10.0.0.1", "X-Forwarded-For", "10.0.0.3, 10.0.0.2").address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "client.example", "_hidden", "", "1.2.3.4:x", "[::1", "1.2.3"})
  void whatCannotBeReadEndsItAtTheLastTrustedAddress(String hop) {
    assertEquals(
        "10.0.0.2",
        arrival(X, "10.0.0.1", "X-Forwarded-For", "1.2.3.4, " + hop + ", 10.0.0.2").address());
  }

  @ParameterizedTest
  @CsvSource({
    "for=203.0.113.9, 203.0.113.9",
    "For=203.0.113.9, 203.0.113.9",
    "'for=\"203.0.113.9:4711\"', 203.0.113.9",
    "'for=\"[2001:db8::9]:4711\"', 2001:db8::9",
    "'for=\"[2001:db8::9]\"', 2001:db8::9",
    "'by=10.0.0.1; for=203.0.113.9 ;proto=http', 203.0.113.9",
    "'for=\"2\\03.0.113.9\"', 203.0.113.9"
  })
  void readsTheStandardHeader(String header, String client) {
    assertEquals(client, arrival(STANDARD, "10.0.0.1", "Forwarded", header).address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=unknown",
        "for=_SEVKISEK",
        "proto=https",
        "for=1.2.3.4;for=203.0.113.9",
        "for=1.2.3.4 proto=https",
        "for=\"1.2.3.4",
        "for=1.2.3.4,",
        ",for=1.2.3.4",
        "for",
        "=1.2.3.4",
        "for=[2001:db8::9]"
      })
  void aStandardHeaderThatBreaksTheGrammarSaysNothing(String header) {
    assertEquals("10.0.0.1", arrival(STANDARD, "10.0.0.1", "Forwarded", header).address());
  }

  @Test
  void tlsAndHostAreWhatTheProxySaidThatTookTheRequest() {
    assertEquals(
        new Arrival("203.0.113.9", true, "app.example"),
        arrival(
            X,
            "10.0.0.1",
            "X-Forwarded-For",
            "1.2.3.4, 203.0.113.9, 10.0.0.2",
            "X-Forwarded-Proto",
            "http, https, http",
            "X-Forwarded-Host",
            "a.example, app.example, b.example"));
    assertEquals(
        new Arrival("203.0.113.9", true, "app.example"),
        arrival(
            STANDARD,
            "10.0.0.1",
            "Forwarded",
            "for=1.2.3.4;proto=http, for=203.0.113.9;proto=https;host=app.example, for=10.0.0.2"));
  }

  @Test
  void oneValueForAllHopsCountsForEach() {
    assertEquals(
        new Arrival("203.0.113.9", true, "app.example"),
        arrival(
            X,
            "2001:db8:a::1",
            "X-Forwarded-For",
            "203.0.113.9, 10.0.0.2",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "app.example"));
  }

  @Test
  void whereTheProxySaysNothingTheConnectionCounts() {
    Map<String, List<String>> headers = Map.of("X-Forwarded-For", List.of("203.0.113.9"));
    assertEquals(
        new Arrival("203.0.113.9", true, null),
        X.arrival(
            new Forwarders.Request(
                "10.0.0.1", true, name -> headers.getOrDefault(name, List.of()))));
  }

  @Test
  void aPeerThatIsNoAddressIsTakenAsItIs() {
    assertEquals("", arrival(X, "", "X-Forwarded-For", "203.0.113.9").address());
  }
}
