package io.openclaw.gateway.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;

/** Fetches a key set from where it is now. Blocks within the bounds. Thread-safe. */
sealed interface KeyDocument {
  /** For log lines. */
  URI place();

  /**
   * Fetches it.
   *
   * @throws IOException with a message that quotes nothing of what came
   */
  JWKSet fetch() throws IOException;

  /** The key set itself. */
  record Direct(URI place, FetchBounds bounds, BoundedHttp http) implements KeyDocument {
    @Override
    public JWKSet fetch() throws IOException {
      return keySet(http.get(place, bounds.timeout(), bounds.maxBytes()));
    }
  }

  /**
   * The issuer's metadata, asked anew each time for the place of the key set. It must name this
   * very issuer (OpenID Connect Discovery 1.0 §4.3), or anybody's metadata could stand there.
   */
  record Discovered(URI issuer, FetchBounds bounds, BoundedHttp http) implements KeyDocument {
    @Override
    public URI place() {
      return URI.create(
          issuer.toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
    }

    @Override
    public JWKSet fetch() throws IOException {
      URI keys = keysNamedIn(http.get(place(), bounds.timeout(), bounds.maxBytes()));
      return keySet(http.get(keys, bounds.timeout(), bounds.maxBytes()));
    }

    /** Where {@code metadata} say that the keys are. */
    URI keysNamedIn(String metadata) throws IOException {
      try {
        Map<String, Object> fields = JSONObjectUtils.parse(metadata);
        if (!issuer.toString().equals(fields.get("issuer"))) {
          throw new IOException("the metadata is of another issuer");
        }
        URI keys = JSONObjectUtils.getURI(fields, "jwks_uri");
        if (keys == null || !isAsSafe(keys)) {
          throw new IOException("the metadata names no key set that can be used");
        }
        return keys;
      } catch (ParseException e) {
        throw new IOException("the metadata cannot be read", e);
      }
    }

    /** What was asked for by TLS does not lead to where there is none. */
    private boolean isAsSafe(URI keys) {
      return "https".equalsIgnoreCase(keys.getScheme())
          || ("http".equalsIgnoreCase(keys.getScheme())
              && "http".equalsIgnoreCase(issuer.getScheme()));
    }
  }

  private static JWKSet keySet(String text) throws IOException {
    try {
      return new JWKSet(
          JWKSet.parse(text).getKeys().stream().filter(KeyDocument::isStrong).toList());
    } catch (ParseException e) {
      throw new IOException("the answer is no key set", e);
    }
  }

  /** The same bound as for keys in files. */
  private static boolean isStrong(JWK key) {
    return !(key instanceof RSAKey) || key.size() >= PemKeys.MIN_RSA_BITS;
  }
}
