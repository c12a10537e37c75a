package io.openclaw.gateway.dev;

import io.openclaw.gateway.security.ApiKey;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * {@code ./openclaw api-key NAME}: makes an API key. It is shown once and kept nowhere; the lines
 * for openclaw.yaml have its hash.
 */
public final class MakeApiKey {
  private static final int KEY_BYTES = 32;

  private MakeApiKey() {}

  /** Ends with 2 for a wrong command line. */
  public static void main(String[] arguments) {
    List<String> names = List.of(arguments);
    if (names.size() != 1) {
      Arguments.fail(2, "usage: ./openclaw api-key NAME");
      return;
    }
    try {
      print(System.out, names.get(0), newKey());
    } catch (IllegalArgumentException e) {
      Arguments.fail(2, e.getMessage());
    }
  }

  static String newKey() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    return ApiKey.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * @throws IllegalArgumentException if the name is none for a key
   */
  static void print(PrintStream out, String name, String key) {
    ApiKey.checkName(name);
    out.printf(
        """
        The key, which is shown only now:

          %s

        For openclaw.yaml; say what its holder may do, and nothing more:

        api-keys:
          - name: %s
            hash: "%s"
            scopes:
              - {may: publish, topics: ["%s/#"]}
        """,
        key, name, ApiKey.hashOf(key), name);
    out.flush();
  }
}
