package io.openclaw.gateway.security;

import static io.openclaw.gateway.security.TestIssuer.NOW;
import static io.openclaw.gateway.security.TestIssuer.ec;
import static io.openclaw.gateway.security.TestIssuer.pem;
import static io.openclaw.gateway.security.TestIssuer.rsa;
import static io.openclaw.gateway.security.TestIssuer.signed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final KeyPair RSA = rsa(2048);
  private static final KeyPair EC = ec(256);

  @TempDir private Path directory;

  private Authenticator authenticator(String pem) {
    try {
      Path file = Files.writeString(directory.resolve("keys.pem"), pem);
      JwtSettings settings =
          new JwtSettings(TestIssuer.named("", JwtKeys.KeyFile.read(file)), 8192);
      return new Authenticator(settings, Clock.fixed(NOW, ZoneOffset.UTC));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertAccepts(Authenticator authenticator, String token) {
    assertInstanceOf(AuthenticationResult.Authenticated.class, authenticator.authenticate(token));
  }

  private static void assertRefuses(String reason, Authenticator authenticator, String token) {
    assertEquals(
        new AuthenticationResult.Refused(reason, false), authenticator.authenticate(token));
  }

  @Test
  void anRsaKeyVerifiesItsAlgorithmsWhateverKeyTheTokenNames() {
    Authenticator authenticator = authenticator(pem(RSA.getPublic()));
    assertAccepts(authenticator, signed(JWSAlgorithm.RS256, null, RSA));
    assertAccepts(authenticator, signed(JWSAlgorithm.RS512, "some-id", RSA));
    assertAccepts(authenticator, signed(JWSAlgorithm.PS256, null, RSA));
  }

  @Test
  void anEcKeyVerifiesTheAlgorithmOfItsCurve() {
    assertAccepts(authenticator(pem(EC.getPublic())), signed(JWSAlgorithm.ES256, null, EC));
    KeyPair larger = ec(384);
    assertRefuses(
        "the token is not signed with a key and algorithm accepted here",
        authenticator(pem(EC.getPublic())),
        signed(JWSAlgorithm.ES384, null, larger));
  }

  @Test
  void aFileMayHaveSeveralKeys() {
    Authenticator authenticator = authenticator(pem(RSA.getPublic()) + "\n" + pem(EC.getPublic()));
    assertAccepts(authenticator, signed(JWSAlgorithm.RS256, null, RSA));
    assertAccepts(authenticator, signed(JWSAlgorithm.ES256, null, EC));
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    assertRefuses(
        "the signature of the token is not valid",
        authenticator(pem(RSA.getPublic())),
        signed(JWSAlgorithm.RS256, null, rsa(2048)));
  }

  @Test
  void aPublicKeyIsNeverTakenForAnHmacSecret() {
    String pem = pem(RSA.getPublic());
    String forged =
        TestIssuer.sign(
            JWSAlgorithm.HS256, null, TestIssuer.claims().build(), TestIssuer.macSigner(pem));
    assertRefuses(
        "the token is not signed with a key and algorithm accepted here",
        authenticator(pem),
        forged);
  }

  @Test
  void whatIsNoUsableKeyStopsTheStartWithAMessage() {
    assertMessage("no PEM block", "hello");
    assertMessage("less than 2048 bits", pem(rsa(1024).getPublic()));
    assertMessage("a broken PUBLIC KEY", pem(EC.getPublic()).replace("MFkw", "MFlw"));
    assertMessage(
        "a PRIVATE KEY; PUBLIC KEY and CERTIFICATE are understood",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
  }

  private void assertMessage(String part, String pem) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> authenticator(pem));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("MFl"));
  }

  @Test
  void aFileThatIsMissingStopsTheStart() {
    assertThrows(
        IllegalArgumentException.class, () -> PemKeys.read(directory.resolve("missing.pem")));
  }
}
