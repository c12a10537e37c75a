package io.openclaw.gateway.camel.component;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.hook.HookRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookGuardTest {
  /** The example of GitHub's documentation. */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final String BODY = "Hello, World!";
  private static final String HEX =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  private static final String BASE64 = "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=";

  private static boolean admits(Set<String> users, String secret, String user, String signature) {
    Map<String, String> headers =
        signature.isEmpty() ? Map.of() : Map.of("x-hub-signature-256", signature);
    return new HookGuard(secret, "X-Hub-Signature-256", users)
        .admits(new HookRequest(user, headers, BODY.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void takesASignatureInEveryNotation() {
    assertTrue(admits(Set.of(), SECRET, "", "sha256=" + HEX));
    assertTrue(admits(Set.of(), SECRET, "", HEX));
    assertTrue(admits(Set.of(), SECRET, "", BASE64));
  }

  @Test
  void refusesWhatIsNotSignedWithTheSecret() {
    assertFalse(admits(Set.of(), SECRET, "", ""));
    assertFalse(admits(Set.of(), SECRET, "", "sha256="));
    assertFalse(admits(Set.of(), SECRET, "", "sha256=" + HEX.replace('7', '8')));
    assertFalse(admits(Set.of(), SECRET, "", "not a signature"));
    assertFalse(admits(Set.of(), "another secret", "", "sha256=" + HEX));
  }

  @Test
  void letsInTheUsersThatAreNamed() {
    assertTrue(admits(Set.of("shop"), "", "shop", ""));
    assertFalse(admits(Set.of("shop"), "", "", ""));
    assertFalse(admits(Set.of("shop"), "", "other", ""));
  }

  @Test
  void asksForBothWhereBothAreConfigured() {
    assertTrue(admits(Set.of("shop"), SECRET, "shop", HEX));
    assertFalse(admits(Set.of("shop"), SECRET, "shop", ""));
    assertFalse(admits(Set.of("shop"), SECRET, "", HEX));
  }
}
