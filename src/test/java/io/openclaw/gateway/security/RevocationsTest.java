package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.security.Revocation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationsTest {
  private final ManualTime time = new ManualTime();
  @TempDir private Path folder;

  private Revocations revocations(int maxCount, @Nullable Path file) {
    return new Revocations(new RevocationSettings(Duration.ofHours(1), maxCount, file), time);
  }

  private Identity issuedNow(String issuer, String user, String... roles) {
    Map<String, Object> claims = Map.of("iat", time.instant().getEpochSecond());
    return new Identity(
        issuer, user, Set.of(roles), claims, "t-" + user, null, null, Authority.POLICY);
  }

  @Test
  void aTokenIsRevokedByItsId() {
    Revocations revocations = revocations(10, null);
    revocations.revoke(Kind.TOKEN, "t-ann", null);
    assertTrue(revocations.cover(issuedNow("", "ann")));
    assertFalse(revocations.cover(issuedNow("", "bob")));
    assertFalse(revocations.cover(Identity.ANONYMOUS));
  }

  @Test
  void aUsersTokensAreRevokedUpToNowAndNewOnesAreGood() {
    Revocations revocations = revocations(10, null);
    Identity before = issuedNow("", "ann");
    revocations.revoke(Kind.USER, "ann", null);
    assertTrue(revocations.cover(before));
    time.pass(Duration.ofSeconds(1));
    assertFalse(revocations.cover(issuedNow("", "ann")));
    assertTrue(revocations.cover(before));
  }

  @Test
  void whatDoesNotSayWhenItWasIssuedCountsAsIssuedBefore() {
    Revocations revocations = revocations(10, null);
    revocations.revoke(Kind.USER, "feed", null);
    time.pass(Duration.ofMinutes(1));
    assertTrue(revocations.cover(new Identity("feed", Set.of(), Map.of(), null, null)));
  }

  @Test
  void aRoleRevokesEverybodyWhoHasIt() {
    Revocations revocations = revocations(10, null);
    revocations.revoke(Kind.ROLE, "trader", null);
    assertTrue(revocations.cover(issuedNow("", "ann", "x", "trader")));
    assertFalse(revocations.cover(issuedNow("", "ann", "x")));
  }

  @Test
  void oneIssuersUserIsNotAnothers() {
    Revocations revocations = revocations(10, null);
    revocations.revoke(Kind.USER, "ann", "https://one");
    assertTrue(revocations.cover(issuedNow("https://one", "ann")));
    assertFalse(revocations.cover(issuedNow("https://two", "ann")));
  }

  @Test
  void aRevocationIsForgottenInTime() {
    Revocations revocations = revocations(10, null);
    revocations.revoke(Kind.TOKEN, "t-ann", null);
    time.pass(Duration.ofHours(1));
    assertFalse(revocations.cover(issuedNow("", "ann")));
    assertEquals(0, revocations.all().size());
  }

  @Test
  void ofTooManyTheNewOneIsRefusedUntilOthersAreForgotten() {
    Revocations revocations = revocations(2, null);
    revocations.revoke(Kind.USER, "a", null);
    revocations.revoke(Kind.USER, "b", null);
    assertTrue(revocations.revoke(Kind.USER, "c", null).isEmpty());
    assertTrue(revocations.revoke(Kind.USER, "a", null).isPresent(), "it takes its own place");
    time.pass(Duration.ofHours(1));
    assertTrue(revocations.revoke(Kind.USER, "c", null).isPresent());
    assertEquals(1, revocations.all().size());
  }

  @Test
  void aFileCarriesThemOverARestart() {
    Path file = folder.resolve("revocations.json");
    Revocations before = revocations(10, file);
    before.revoke(Kind.USER, "ann \u2028\"", "https://one");
    before.revoke(Kind.TOKEN, "t-bob", null);
    assertEquals(before.all(), revocations(10, file).all());
  }

  @Test
  void aFileThatCannotBeUsedStopsTheStart() throws IOException {
    Path file = folder.resolve("revocations.json");
    for (String text : new String[] {"", "{}", "[1]", "[{\"kind\":\"user\"}]", "nonsense"}) {
      Files.writeString(file, text);
      assertThrows(IllegalArgumentException.class, () -> revocations(10, file), text);
    }
  }

  @Test
  void aRevocationNamesSomething() {
    Revocations revocations = revocations(10, null);
    assertThrows(IllegalArgumentException.class, () -> revocations.revoke(Kind.USER, " ", null));
  }

  @Test
  void whatAnotherNodeKnowsCountsAtOnceAndIsKeptWhenItIsSaved() {
    Path file = folder.resolve("revocations.json");
    Revocations other = revocations(10, null);
    Revocations own = revocations(10, file);
    Revocation told = other.revoke(Kind.USER, "ann", "a").orElseThrow();
    assertTrue(own.accept(RevocationJson.decoded(RevocationJson.encoded(told))));
    assertFalse(own.accept(told));
    assertTrue(own.cover(issuedNow("a", "ann")));
    assertFalse(Files.exists(file));
    own.save();
    assertTrue(revocations(10, file).cover(issuedNow("a", "ann")));
  }

  @Test
  void ofTwoThatSpeakOfTheSameTheNewerOneCounts() {
    Revocations other = revocations(10, null);
    Revocations own = revocations(10, null);
    Revocation older = other.revoke(Kind.USER, "ann", null).orElseThrow();
    time.pass(Duration.ofSeconds(2));
    Revocation newer = other.revoke(Kind.USER, "ann", null).orElseThrow();
    assertTrue(own.accept(newer));
    assertFalse(own.accept(older));
    assertEquals(newer.at(), own.all().get(0).at());
  }
}
