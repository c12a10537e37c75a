package io.openclaw.gateway.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key for a program that publishes or listens: {@value #PREFIX} and 256 random bits in base64url.
 * Only its hash is known here. A plain SHA-256 without salt will do, as nobody can try 2^256 keys;
 * a slow hash is for what people think up.
 *
 * @param name whose it is, and the user's name of its holder
 * @param hash {@code sha256:} and the hash of the whole key in lower-case hex
 * @param scopes what its holder may do
 * @param expires when it is taken no more, or null: never
 */
public record ApiKey(String name, String hash, List<Scope> scopes, @Nullable Instant expires) {
  /** What a key begins with; no token does. */
  public static final String PREFIX = "ock_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final int ID_CHARS = 16;

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if name or hash are not written so, or there is no scope
   */
  public ApiKey {
    checkName(name);
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("a hash is sha256: and 64 digits 0-9 a-f");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key has at least one scope");
    }
    scopes = List.copyOf(scopes);
  }

  /**
   * @throws IllegalArgumentException if no key can have this name
   */
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name is 1 to 40 letters, digits, dots, - and _, a letter or digit first");
    }
  }

  /** The hash of a key, as it stands in the configuration. */
  public static String hashOf(String key) {
    return "sha256:" + sha256(key);
  }

  /** In lower-case hex. */
  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Who shows it. */
  Identity holder() {
    return new Identity(
        Identity.API_KEYS,
        name,
        Set.of(),
        Map.of(),
        id(),
        expires,
        expires,
        new Authority.Scoped(scopes));
  }

  /** Tells apart keys that had the same name, and is no secret. */
  private String id() {
    int start = hash.indexOf(':') + 1;
    return hash.substring(start, start + ID_CHARS);
  }
}
