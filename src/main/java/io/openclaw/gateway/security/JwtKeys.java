package io.openclaw.gateway.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Where the keys come from that tokens are verified with. They fix the algorithms accepted. */
public sealed interface JwtKeys {
  /** No keys: every token is refused. */
  JwtKeys NONE = new None();

  /** No keys: every token is refused. */
  record None() implements JwtKeys {}

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

    /** Without the secret. */
    @Override
    public String toString() {
      return "HmacSecret[…]";
    }
  }

  /**
   * A PEM file with one or more public keys ({@code BEGIN PUBLIC KEY}) or certificates: RS256 to
   * RS512 and PS256 to PS512 for RSA keys, ES256, ES384 or ES512 for EC keys by their curve. Read
   * once.
   *
   * @param path where it is
   */
  record KeyFile(Path path) implements JwtKeys {
    /**
     * Reads the file once to see that it can be used.
     *
     * @throws IllegalArgumentException if it cannot be read or has anything but such keys in it
     */
    public static KeyFile checked(Path path) {
      PemKeys.read(path);
      return new KeyFile(path);
    }
  }

  /**
   * A JSON Web Key Set behind a URL (RFC 7517 §5), for the same algorithms as a key file; other
   * keys in it are passed over.
   *
   * @param url http or https
   * @param timeout for connecting, and again for each read
   * @param maxBytes a larger answer is refused
   * @param maxAge how long it is used before it is fetched again; through an outage of the URL the
   *     last one is used for up to ten times as long
   * @param minInterval an unknown key lets it be fetched again, but not more often than this allows
   */
  record JwksUrl(URI url, Duration timeout, int maxBytes, Duration maxAge, Duration minInterval)
      implements JwtKeys {
    /** 2 seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    /** 256 KiB: hundreds of keys. */
    public static final int DEFAULT_MAX_BYTES = 256 << 10;

    /** 10 minutes: how long a withdrawn key goes on being accepted. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(10);

    /** 10 seconds: how long a token with a brand-new key may have to wait. */
    public static final Duration DEFAULT_MIN_INTERVAL = Duration.ofSeconds(10);

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public JwksUrl {
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
        throw new IllegalArgumentException("a JWKS URL is http://… or https://…");
      }
      if (timeout.toMillis() < 1 || maxBytes < 1 || minInterval.toMillis() < 1) {
        throw new IllegalArgumentException("timeout, max-bytes and min-interval are above 0");
      }
      if (maxAge.compareTo(timeout) <= 0 || maxAge.compareTo(minInterval) <= 0) {
        throw new IllegalArgumentException("max-age is longer than timeout and min-interval");
      }
    }
  }
}
