package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.openclaw.gateway.dev.Ports;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real OpenID Connect provider: Keycloak, from before it is up to after it is down. On Payara
 * Micro alone, as nothing in it depends on the server but what IdentityIT shows on both.
 */
@Tag("once")
class OidcProviderIT {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String USERS =
      """
      access:
        - {who: {role: trader}, may: subscribe, topics: "stock/#"}
        - {who: user, may: subscribe, topics: "users/{user}/#"}
      issuers:
        - issuer: %s
          discovery: true
          user-claim: preferred_username
          roles-claim: realm_access.roles
      """;

  @TempDir private Path directory;

  @Test
  void usersOfKeycloakComeInThroughItsWholeLife() throws Exception {
    int port = Ports.free();
    Path config =
        Files.writeString(
            directory.resolve("openclaw.yaml"), USERS.formatted(Keycloak.issuer(port)));
    Map<String, String> settings =
        Map.of(
            "openclaw.security.jwt.jwks.min-interval", "1s",
            "openclaw.security.jwt.jwks.max-age", "3s");
    try (StandaloneGateway gateway = StandaloneGateway.start(config.toString(), settings)) {
      assertEquals(503, knock(gateway, forged(Keycloak.issuer(port))), "before Keycloak is up");
      String later = whileKeycloakIsUp(gateway, port);
      keysAreKept(gateway, later);
    }
  }

  /** A token that is still good afterwards. */
  private String whileKeycloakIsUp(StandaloneGateway gateway, int port) throws Exception {
    try (Keycloak keycloak =
        Keycloak.start(
            distribution(),
            HOME.resolve("src/test/resources/it/keycloak-realm.json"),
            directory.resolve("keycloak.log"),
            port)) {
      String ada = keycloak.token("ada", "ada-secret");
      Awaitility.await().atMost(PATIENCE).until(() -> knock(gateway, ada) == 101);
      assertEquals(401, knock(gateway, forged(Keycloak.issuer(port))));
      rolesCount(gateway, ada, keycloak.token("ben", "ben-secret"));
      keycloak.rotateKeys();
      String rotated = keycloak.token("ada", "ada-secret");
      assertNotEquals(keyId(ada), keyId(rotated));
      Awaitility.await().atMost(PATIENCE).until(() -> knock(gateway, rotated) == 101);
      return rotated;
    }
  }

  /** Where the build has unpacked it. */
  private static Path distribution() throws IOException {
    try (Stream<Path> found = Files.list(HOME.resolve("target/server"))) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("keycloak-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void rolesCount(StandaloneGateway gateway, String ada, String ben) {
    try (TestClient trader = TestClient.connect(gateway.server().webSocketUri(), ada);
        TestClient other = TestClient.connect(gateway.server().webSocketUri(), ben)) {
      trader.subscribe("stock/#");
      trader.subscribe("users/ada/#");
      other.subscribe("users/ben/#");
      other.send("{\"op\":\"subscribe\",\"id\":1,\"topic\":\"stock/#\"}");
      JsonObject refused = other.await("error");
      assertEquals("forbidden", refused.getString("code"));
    }
  }

  /** Until the keys are older than they may be without a try to fetch them, and longer. */
  private static void keysAreKept(StandaloneGateway gateway, String token) throws Exception {
    int before = gateway.server().log().length();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertEquals(101, knock(gateway, token), "after Keycloak is down");
              return gateway.server().log().substring(before).contains("cannot be had: no answer");
            });
    assertEquals(101, knock(gateway, token));
  }

  private static int knock(StandaloneGateway gateway, String token) throws Exception {
    return Knock.at(gateway.server().webSocketUri(), "Authorization: Bearer " + token).status();
  }

  private static String keyId(String token) throws Exception {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }

  /** A token in the issuer's name that somebody else has signed. */
  private static String forged(String issuer) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("forged").build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .claim("preferred_username", "ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    token.sign(new RSASSASigner(new RSAKeyGenerator(2048).generate()));
    return token.serialize();
  }
}
