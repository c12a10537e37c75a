package io.openclaw.gateway.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where the keys come from that tokens are verified with. They fix the algorithms accepted. */
public sealed interface JwtKeys {
  /** No keys: every token is refused. */
  JwtKeys NONE = new None();

  /**
   * The algorithms (RFC 7518 §3.1) that keys of this kind can be used for; never {@code none}, and
   * of public keys never one of those for secrets.
   */
  Set<String> algorithms();

  /** No keys: every token is refused. */
  record None() implements JwtKeys {
    @Override
    public Set<String> algorithms() {
      return Set.of();
    }
  }

  /**
   * A secret shared with the issuer (RFC 7518 §3.2): HS256, from 48 bytes also HS384, from 64 also
   * HS512.
   *
   * @param secret its UTF-8 bytes are the key
   */
  record HmacSecret(String secret) implements JwtKeys {
    /**
     * @throws IllegalArgumentException if it is shorter than 32 bytes
     */
    public HmacSecret {
      if (secret.getBytes(StandardCharsets.UTF_8).length < 32) {
        throw new IllegalArgumentException("an HMAC secret has 32 bytes or more");
      }
    }

    @Override
    public Set<String> algorithms() {
      return KeyAlgorithms.ofSecret(secret.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "HmacSecret[…]";
    }
  }

  /**
   * What a PEM file has of public keys ({@code BEGIN PUBLIC KEY}) or certificates: RS256 to RS512
   * and PS256 to PS512 for RSA keys, ES256, ES384 or ES512 for EC keys by their curve.
   *
   * @param path where it is
   * @param keys what was in it when it was read
   */
  record KeyFile(Path path, List<PublicKey> keys) implements JwtKeys {
    /** Copies the keys. */
    public KeyFile {
      keys = List.copyOf(keys);
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it cannot be read or has anything but such keys in it
     */
    public static KeyFile read(Path path) {
      return new KeyFile(path, PemKeys.read(path));
    }

    @Override
    public Set<String> algorithms() {
      return KeyAlgorithms.ofKeys(keys);
    }
  }

  /**
   * A JSON Web Key Set behind a URL (RFC 7517 §5), for the same algorithms as a key file; other
   * keys in it are passed over.
   *
   * @param url http or https
   */
  record JwksUrl(URI url, FetchBounds bounds) implements JwtKeys {
    /**
     * @throws IllegalArgumentException if it is no such URL
     */
    public JwksUrl {
      if (!isWeb(url)) {
        throw new IllegalArgumentException("a JWKS URL is http://… or https://…");
      }
    }

    @Override
    public Set<String> algorithms() {
      return KeyAlgorithms.PUBLIC;
    }
  }

  /**
   * The key set that the issuer itself names in its metadata (OpenID Connect Discovery 1.0 §4), at
   * {@code <issuer>/.well-known/openid-configuration}.
   *
   * @param issuer http or https
   */
  record Discovery(URI issuer, FetchBounds bounds) implements JwtKeys {
    /**
     * @throws IllegalArgumentException if the issuer is no such URL
     */
    public Discovery {
      if (!isWeb(issuer) || issuer.getQuery() != null || issuer.getFragment() != null) {
        throw new IllegalArgumentException(
            "discovery needs an issuer that is http://… or https://… without ? and #");
      }
    }

    @Override
    public Set<String> algorithms() {
      return KeyAlgorithms.PUBLIC;
    }
  }

  private static boolean isWeb(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
  }
}
