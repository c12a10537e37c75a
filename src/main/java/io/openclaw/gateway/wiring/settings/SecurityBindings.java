package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.JwtKeys;
import io.openclaw.gateway.security.JwtKeys.JwksUrl;
import io.openclaw.gateway.security.JwtSettings;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.RevocationSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which keys fill the settings of {@code security}. */
final class SecurityBindings {
  private static final String JWT = "openclaw.security.jwt";
  private static final String SECRET = JWT + ".hmac-secret";
  private static final String FILE = JWT + ".key-file";
  private static final String JWKS = JWT + ".jwks";
  private static final String ORIGINS = "openclaw.security.allowed-origins";

  private SecurityBindings() {}

  static JwtSettings jwt(SettingsReader in) {
    JwtSettings d = JwtSettings.DEFAULT;
    JwtKeys keys = keys(in);
    if (keys instanceof JwtKeys.None) {
      in.warning("nobody can sign in: set " + SECRET + ", " + FILE + " or " + JWKS + ".url");
    }
    Optional<String> issuer = in.text(JWT + ".issuer");
    List<String> audiences = in.list(JWT + ".audience");
    Duration skew =
        in.duration(JWT + ".clock-skew", d.clockSkew(), Duration.ZERO, Duration.ofMinutes(10));
    String userClaim = in.text(JWT + ".user-claim", d.userClaim());
    String rolesClaim = in.text(JWT + ".roles-claim", d.rolesClaim());
    int maxChars = in.integer(JWT + ".max-token-chars", d.maxTokenChars(), 64, 1 << 20);
    return new JwtSettings(
        keys, issuer.orElse(null), audiences, skew, userClaim, rolesClaim, maxChars);
  }

  private static JwtKeys keys(SettingsReader in) {
    Optional<String> secret = in.text(SECRET);
    Optional<Path> file = in.path(FILE);
    Optional<URI> url = in.uri(JWKS + ".url");
    JwtKeys fromUrl = jwks(in, url);
    if (Stream.of(secret, file, url).filter(Optional::isPresent).count() > 1) {
      in.fault(JWT, "allowed is one of hmac-secret, key-file and jwks.url, not several");
    }
    if (secret.isPresent()) {
      return in.make(SECRET, JwtKeys.NONE, () -> new JwtKeys.HmacSecret(secret.get()));
    }
    return file.map(path -> in.make(FILE, JwtKeys.NONE, () -> JwtKeys.KeyFile.checked(path)))
        .orElse(fromUrl);
  }

  private static JwtKeys jwks(SettingsReader in, Optional<URI> url) {
    Duration second = Duration.ofSeconds(1);
    Duration timeout =
        in.duration(
            JWKS + ".timeout",
            JwksUrl.DEFAULT_TIMEOUT,
            Duration.ofMillis(10),
            Duration.ofSeconds(30));
    int maxBytes = in.intBytes(JWKS + ".max-bytes", JwksUrl.DEFAULT_MAX_BYTES, 256, 16 << 20);
    Duration maxAge =
        in.duration(JWKS + ".max-age", JwksUrl.DEFAULT_MAX_AGE, second, Duration.ofDays(1));
    Duration minInterval =
        in.duration(
            JWKS + ".min-interval",
            JwksUrl.DEFAULT_MIN_INTERVAL,
            Duration.ofMillis(1),
            Duration.ofHours(1));
    if (url.isEmpty()) {
      return JwtKeys.NONE;
    }
    return in.make(
        JWKS, JwtKeys.NONE, () -> new JwksUrl(url.get(), timeout, maxBytes, maxAge, minInterval));
  }

  static OriginPolicy origins(SettingsReader in) {
    List<String> origins = in.list(ORIGINS);
    return in.make(ORIGINS, new OriginPolicy(List.of()), () -> new OriginPolicy(origins));
  }

  /** Enough for the storm of a whole node coming back, which is what one wants to see whole. */
  static int auditMaxPerSecond(SettingsReader in) {
    return in.integer("openclaw.security.audit.max-per-second", 10_000, 0, Integer.MAX_VALUE);
  }

  static RevocationSettings revocations(SettingsReader in) {
    RevocationSettings d = RevocationSettings.DEFAULT;
    String p = "openclaw.security.revocations.";
    return new RevocationSettings(
        in.duration(p + "keep", d.keep(), Duration.ofSeconds(1), Duration.ofDays(365)),
        in.integer(p + "max-count", d.maxCount(), 1, 1_000_000),
        in.path(p + "file").orElse(null));
  }
}
