package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.JwtKeys;
import io.openclaw.gateway.security.JwtSettings;
import io.openclaw.gateway.topic.TopicMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final Duration ZERO = Duration.ZERO;
  private static final Duration DAY = Duration.ofDays(1);

  private static SettingsReader reader(String key, String value) {
    return new SettingsReader(SettingsSource.of(Map.of(key, value)));
  }

  private static <T> T good(String value, Function<SettingsReader, T> read) {
    SettingsReader reader = reader("k", value);
    T result = read.apply(reader);
    reader.check();
    return result;
  }

  private static void assertGood(
      Object expected, String value, Function<SettingsReader, Object> read) {
    assertEquals(expected, good(value, read));
  }

  private static String fault(String value, Consumer<SettingsReader> read) {
    SettingsReader reader = reader("k", value);
    read.accept(reader);
    return assertThrows(ConfigurationException.class, reader::check).faults().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "64KiB, 65536",
    "1MB, 1000000",
    "1 mib, 1048576",
    "2gb, 2000000000",
    "0B, 0"
  })
  void sizesHaveUnits(String text, long bytes) {
    assertGood(bytes, text, r -> r.bytes("k", 1, 0, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "10s, 10000",
    "5m, 300000",
    "1h, 3600000",
    "1d, 86400000",
    "PT1.5S, 1500"
  })
  void durationsHaveUnits(String text, long millis) {
    assertGood(Duration.ofMillis(millis), text, r -> r.duration("k", ZERO, ZERO, DAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "ten", "10 parsecs", "-1s", "P", "2d", "9999999999999999d"})
  void whatIsNoDurationIsAFault(String text) {
    assertEquals(
        "k = \"" + text + "\": allowed is a duration such as 500ms, 10s or 5m from 0ms to 1d",
        fault(text, r -> r.duration("k", ZERO, ZERO, DAY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5MB", "-1", "1TB", "999999999999999GB"})
  void whatIsNoSizeIsAFault(String text) {
    if (!text.isEmpty()) {
      assertEquals(
          "k = \"" + text + "\": allowed is a size such as 64KiB or 1MB from 1 up",
          fault(text, r -> r.bytes("k", 1, 1, Long.MAX_VALUE)));
    }
  }

  @Test
  void numbersHaveARange() {
    assertGood(7, " 7 ", r -> r.integer("k", 1, 0, 9));
    assertEquals(
        "k = \"10\": allowed is a whole number from 0 to 9",
        fault("10", r -> r.integer("k", 1, 0, 9)));
    assertEquals(
        "k = \"x\": allowed is a whole number from 1 up",
        fault("x", r -> r.integer("k", 1, 1, Integer.MAX_VALUE)));
  }

  @Test
  void choicesAndFlagsNameWhatIsAllowed() {
    assertGood(TopicMode.LATEST, "Latest", r -> r.choice("k", TopicMode.class, TopicMode.EVENTS));
    assertEquals(
        "k = \"new\": allowed is one of events, latest",
        fault("new", r -> r.choice("k", TopicMode.class, TopicMode.EVENTS)));
    assertGood(true, "TRUE", r -> r.flag("k", false));
    assertEquals("k = \"yes\": allowed is true or false", fault("yes", r -> r.flag("k", false)));
  }

  @Test
  void listsAndPathsAreRead() {
    assertGood(List.of("a", "b"), " a ,, b ", r -> r.list("k"));
    assertGood(Path.of("x/y"), "x/y", r -> r.path("k").orElseThrow());
  }

  @Test
  void anEmptyValueIsAnAbsentOne() {
    assertGood(3, "", r -> r.integer("k", 3, 0, 9));
    assertGood(3, "  ", r -> r.integer("k", 3, 0, 9));
  }

  @Test
  void withoutSettingsTheDefaultsCount() {
    SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of()));
    GatewaySettings settings = GatewaySettings.read(reader);
    reader.check();
    assertEquals(LogSettings.DEFAULT, settings.log());
    assertEquals(IngestSettings.DEFAULT, settings.ingest());
    assertEquals(JwtSettings.DEFAULT, settings.jwt());
  }

  @Test
  void allFaultsAreToldTogether() {
    SettingsReader reader =
        new SettingsReader(
            SettingsSource.of(
                Map.of(
                    "openclaw.log.max-count", "many",
                    "openclaw.ingest.dedup-ids", "0",
                    "openclaw.security.jwt.hmac-secret", "too-short",
                    "openclaw.security.allowed-origins", "example.com")));
    GatewaySettings.read(reader);
    ConfigurationException e = assertThrows(ConfigurationException.class, reader::check);
    assertEquals(
        """
        The configuration has 4 faults:
          openclaw.log.max-count = "many": allowed is a whole number from 1 up
          openclaw.ingest.dedup-ids = "0": allowed is a whole number from 1 up
          openclaw.security.jwt.hmac-secret: an HMAC secret has 32 bytes or more
          openclaw.security.allowed-origins: an origin is scheme://host or scheme://host:port\
         without a path, or *""",
        e.getMessage());
  }

  @Test
  void twoKindsOfKeysAreAFault() {
    SettingsReader reader =
        new SettingsReader(
            SettingsSource.of(
                Map.of(
                    "openclaw.security.jwt.hmac-secret",
                    "x".repeat(32),
                    "openclaw.security.jwt.key-file",
                    "keys.pem")));
    GatewaySettings.read(reader);
    assertEquals(
        List.of(
            "openclaw.security.jwt: allowed is one of hmac-secret, key-file, jwks.url and"
                + " discovery, not several"),
        assertThrows(ConfigurationException.class, reader::check).faults());
  }

  @Test
  void eachKindOfKeyIsRead() {
    assertEquals(
        "https://id.example/jwks",
        ((JwtKeys.JwksUrl) keys("jwks.url", "https://id.example/jwks")).url().toString());
    assertEquals(new JwtKeys.HmacSecret("x".repeat(32)), keys("hmac-secret", "x".repeat(32)));
  }

  @Test
  void aKeyFileIsReadAtTheStart(@TempDir Path directory) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    byte[] key = generator.generateKeyPair().getPublic().getEncoded();
    String base64 = Base64.getMimeEncoder().encodeToString(key);
    Path file = directory.resolve("keys.pem");
    Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    assertEquals(JwtKeys.KeyFile.read(file), keys("key-file", file.toString()));
  }

  @Test
  void aKeyFileThatIsMissingIsAFault() {
    SettingsReader reader = reader("openclaw.security.jwt.key-file", "missing.pem");
    GatewaySettings.read(reader);
    assertEquals(
        List.of("openclaw.security.jwt.key-file: missing.pem cannot be read as a text file"),
        assertThrows(ConfigurationException.class, reader::check).faults());
  }

  private static JwtKeys keys(String key, String value) {
    SettingsReader reader = reader("openclaw.security.jwt." + key, value);
    JwtKeys keys = GatewaySettings.read(reader).jwt().issuer().keys();
    reader.check();
    return keys;
  }

  @Test
  void aJwksUrlThatIsNoneIsAFault() {
    SettingsReader reader = reader("openclaw.security.jwt.jwks.url", "file:///etc/passwd");
    GatewaySettings.read(reader);
    assertEquals(
        List.of("openclaw.security.jwt.jwks: a JWKS URL is http://… or https://…"),
        assertThrows(ConfigurationException.class, reader::check).faults());
  }

  @Test
  void discoveryNeedsAnIssuerToAsk() {
    SettingsReader reader = reader("openclaw.security.jwt.discovery", "true");
    GatewaySettings.read(reader);
    assertEquals(
        List.of(
            "openclaw.security.jwt.discovery: discovery needs an issuer that is http://… or"
                + " https://… without ? and #"),
        assertThrows(ConfigurationException.class, reader::check).faults());
    SettingsReader complete =
        new SettingsReader(
            SettingsSource.of(
                Map.of(
                    "openclaw.security.jwt.discovery", "true",
                    "openclaw.security.jwt.issuer", "https://id.example/realms/x")));
    JwtIssuer issuer = GatewaySettings.read(complete).jwt().issuer();
    complete.check();
    URI asked = ((JwtKeys.Discovery) issuer.keys()).issuer();
    assertEquals(URI.create("https://id.example/realms/x"), asked);
  }

  @ParameterizedTest
  @CsvSource({"none", "RS256", "HS512", "hs256"})
  void anAlgorithmThatTheKeysCannotBeUsedForIsAFault(String algorithm) {
    SettingsReader reader =
        new SettingsReader(
            SettingsSource.of(
                Map.of(
                    "openclaw.security.jwt.hmac-secret",
                    "x".repeat(48),
                    "openclaw.security.jwt.algorithms",
                    "HS256," + algorithm)));
    GatewaySettings.read(reader);
    assertEquals(
        List.of(
            "openclaw.security.jwt: the keys cannot be used for "
                + algorithm
                + "; allowed is HS256, HS384"),
        assertThrows(ConfigurationException.class, reader::check).faults());
  }

  @Test
  void rolesMayComeFromSeveralClaims() {
    SettingsReader reader = reader("openclaw.security.jwt.roles-claim", "groups, realm.roles");
    assertEquals(
        List.of("groups", "realm.roles"),
        GatewaySettings.read(reader).jwt().issuer().rolesClaims());
  }

  @Test
  void aSettingThatNobodyReadsIsWarnedAboutWithTheNearestKey() {
    SettingsReader reader =
        new SettingsReader(
            SettingsSource.of(
                Map.of(
                    "openclaw.log.max-cout", "1",
                    "openclaw.colour", "red",
                    "openclaw.broker.port", "61616",
                    "java.version", "17",
                    "OPENCLAW_LOG_MAX_AGES", "1m",
                    "OPENCLAW_LOG_MAX_AGE", "1m",
                    "OPENCLAW_HOME", "/opt")));
    GatewaySettings.read(reader);
    assertEquals(
        List.of(
            "nothing reads the variable OPENCLAW_LOG_MAX_AGES; did you mean OPENCLAW_LOG_MAX_AGE?",
            "nothing reads the setting openclaw.colour",
            "nothing reads the setting openclaw.log.max-cout; did you mean openclaw.log.max-count?"),
        reader.warnings());
  }

  @Test
  void aSettingThatAPlaceholderReadsIsKnown() {
    SettingsReader reader = reader("openclaw.database.url", "x");
    assertFalse(reader.warnings().isEmpty());
    assertEquals("x", new Placeholders(reader).fill("${openclaw.database.url}"));
    assertEquals(List.of(), reader.warnings());
  }
}
