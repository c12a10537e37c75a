package io.openclaw.gateway.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of tokens with metadata and a key set on a real HTTP server, whose keys can be changed
 * and which can be taken down. <em>Thread-safe.</em>
 */
final class TokenIssuer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile RSAKey key;
  private volatile boolean down;

  private TokenIssuer(HttpServer server) {
    this.server = server;
    this.key = newKey("first");
    server.createContext("/", this::serve);
    server.start();
  }

  static TokenIssuer start() throws IOException {
    return new TokenIssuer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      boolean metadata = exchange.getRequestURI().getPath().startsWith("/.well-known/");
      String text =
          metadata
              ? "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + name() + "/keys\"}"
              : new JWKSet(key.toPublicJWK()).toString();
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(down ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What its tokens have as {@code iss}. */
  String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  /** From now on it signs with a new key, and only that is in its key set. */
  void rotate(String keyId) {
    key = newKey(keyId);
  }

  /** From now on it answers nothing but that it cannot. */
  void down(boolean now) {
    down = now;
  }

  /** A token for an hour. */
  String token(String user, String... roles) {
    return tokenAs(name(), user, roles);
  }

  /** The same, in somebody else's name. */
  String tokenAs(String issuer, String user, String... roles) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject("4711")
            .claim("preferred_username", user)
            .claim("realm_access", Map.of("roles", List.of(roles)))
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .build();
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
