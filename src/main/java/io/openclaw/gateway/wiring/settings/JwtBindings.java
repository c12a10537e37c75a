package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.FetchBounds;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.JwtKeys;
import io.openclaw.gateway.security.JwtSettings;
import io.openclaw.gateway.security.TicketSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which keys fill the settings of who is believed; further issuers are in the file. */
final class JwtBindings {
  private static final String JWT = "openclaw.security.jwt";
  private static final String ISSUER = JWT + ".issuer";
  private static final String SECRET = JWT + ".hmac-secret";
  private static final String FILE = JWT + ".key-file";
  private static final String DISCOVERY = JWT + ".discovery";
  private static final String JWKS = JWT + ".jwks";

  private JwtBindings() {}

  static JwtSettings jwt(SettingsReader in) {
    JwtIssuer d = JwtIssuer.NOBODY;
    String name = in.text(ISSUER, d.name());
    JwtKeys keys = keys(in, name);
    List<String> algorithms = in.list(JWT + ".algorithms");
    List<String> audiences = in.list(JWT + ".audience");
    Duration skew =
        in.duration(JWT + ".clock-skew", d.clockSkew(), Duration.ZERO, Duration.ofMinutes(10));
    String userClaim = in.text(JWT + ".user-claim", d.userClaim());
    String rolesClaim = in.text(JWT + ".roles-claim", d.rolesClaims().get(0));
    List<String> rolesClaims = List.of(rolesClaim.trim().split("\\s*,\\s*"));
    JwtIssuer issuer =
        in.make(
            JWT,
            d,
            () ->
                new JwtIssuer(
                    name, keys, Set.copyOf(algorithms), audiences, skew, userClaim, rolesClaims));
    return new JwtSettings(
        issuer,
        in.integer(JWT + ".max-token-chars", JwtSettings.DEFAULT.maxTokenChars(), 64, 1 << 20));
  }

  private static JwtKeys keys(SettingsReader in, String issuer) {
    Optional<String> secret = in.text(SECRET);
    Optional<Path> file = in.path(FILE);
    Optional<URI> url = in.uri(JWKS + ".url");
    Optional<String> discovered =
        in.flag(DISCOVERY, false) ? Optional.of(issuer) : Optional.empty();
    FetchBounds bounds = bounds(in);
    if (Stream.of(secret, file, url, discovered).filter(Optional::isPresent).count() > 1) {
      in.fault(JWT, "allowed is one of hmac-secret, key-file, jwks.url and discovery, not several");
    }
    if (secret.isPresent()) {
      return in.make(SECRET, JwtKeys.NONE, () -> new JwtKeys.HmacSecret(secret.get()));
    }
    if (file.isPresent()) {
      return in.make(FILE, JwtKeys.NONE, () -> JwtKeys.KeyFile.read(file.get()));
    }
    if (url.isPresent()) {
      return in.make(JWKS, JwtKeys.NONE, () -> new JwtKeys.JwksUrl(url.get(), bounds));
    }
    return discovered
        .map(
            name ->
                in.make(
                    DISCOVERY, JwtKeys.NONE, () -> new JwtKeys.Discovery(URI.create(name), bounds)))
        .orElse(JwtKeys.NONE);
  }

  /** For all issuers, those in the file too. */
  private static FetchBounds bounds(SettingsReader in) {
    FetchBounds d = FetchBounds.DEFAULT;
    Duration timeout =
        in.duration(JWKS + ".timeout", d.timeout(), Duration.ofMillis(10), Duration.ofSeconds(30));
    int maxBytes = in.intBytes(JWKS + ".max-bytes", d.maxBytes(), 256, 16 << 20);
    Duration maxAge =
        in.duration(JWKS + ".max-age", d.maxAge(), Duration.ofSeconds(1), Duration.ofDays(1));
    Duration minInterval =
        in.duration(
            JWKS + ".min-interval", d.minInterval(), Duration.ofMillis(1), Duration.ofHours(1));
    return in.make(JWKS, d, () -> new FetchBounds(timeout, maxBytes, maxAge, minInterval));
  }

  /** What the issuers in the file share with that of the settings. */
  static IssuersSection issuersSection(SettingsReader in) {
    return new IssuersSection(in.text(ISSUER, ""), bounds(in));
  }

  static TicketSettings tickets(SettingsReader in) {
    TicketSettings d = TicketSettings.DEFAULT;
    String p = "openclaw.security.tickets.";
    return new TicketSettings(
        in.duration(p + "ttl", d.ttl(), Duration.ofSeconds(1), Duration.ofMinutes(5)),
        in.integer(p + "max-count", d.maxCount(), 1, 1_000_000),
        in.integer(p + "max-per-user", d.maxPerUser(), 1, 1_000_000));
  }
}
