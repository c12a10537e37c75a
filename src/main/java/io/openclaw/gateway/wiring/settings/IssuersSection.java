package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.FetchBounds;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.JwtKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the issuers below {@code issuers}.
 *
 * @param settingsIssuer the issuer that the settings have already; empty if none
 * @param bounds of fetching keys
 */
record IssuersSection(String settingsIssuer, FetchBounds bounds) {
  private static final String SOURCES = "discovery: true, jwks-url, key-file or hmac-secret";

  List<JwtIssuer> read(List<YamlValue> items) {
    List<JwtIssuer> issuers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : items) {
      Optional<JwtIssuer> issuer = item.map().flatMap(map -> issuer(item, map));
      issuer.ifPresent(issuers::add);
      issuer.filter(one -> !names.add(one.name())).ifPresent(one -> repeated(item, one));
      issuer
          .filter(one -> one.name().equals(settingsIssuer))
          .ifPresent(one -> item.fault("openclaw.security.jwt.issuer is the same"));
    }
    return issuers;
  }

  private static void repeated(YamlValue item, JwtIssuer issuer) {
    item.fault("another entry has the issuer " + issuer.name());
  }

  private Optional<JwtIssuer> issuer(YamlValue item, YamlMap map) {
    JwtIssuer d = JwtIssuer.NOBODY;
    Optional<String> name = map.required("issuer").flatMap(IssuersSection::name);
    Optional<JwtKeys> keys = keys(map, name);
    List<String> algorithms = texts(map, "algorithms");
    List<String> audiences = texts(map, "audience");
    Optional<String> userClaim =
        map.get("user-claim").map(IssuersSection::name).orElse(Optional.of(d.userClaim()));
    List<String> rolesClaims = texts(map, "roles-claim");
    Duration skew =
        map.get("clock-skew")
            .flatMap(value -> value.text(Notation::duration))
            .orElse(d.clockSkew());
    map.end();
    if (name.isEmpty() || keys.isEmpty() || userClaim.isEmpty()) {
      return Optional.empty();
    }
    return item.make(
        () ->
            new JwtIssuer(
                name.get(),
                keys.get(),
                Set.copyOf(algorithms),
                audiences,
                skew,
                userClaim.get(),
                rolesClaims.isEmpty() ? d.rolesClaims() : rolesClaims));
  }

  private Optional<JwtKeys> keys(YamlMap map, Optional<String> issuer) {
    List<Optional<JwtKeys>> given = new ArrayList<>();
    map.get("discovery").ifPresent(value -> given.add(discovery(value, issuer)));
    map.get("jwks-url").ifPresent(value -> given.add(value.text(this::jwks)));
    map.get("key-file").ifPresent(value -> given.add(value.text(IssuersSection::file)));
    map.get("hmac-secret").ifPresent(value -> given.add(secret(value)));
    if (given.size() != 1) {
      map.fault("an issuer has one of " + SOURCES);
      return Optional.empty();
    }
    return given.get(0);
  }

  private JwtKeys jwks(String url) {
    return new JwtKeys.JwksUrl(URI.create(url), bounds);
  }

  private static JwtKeys file(String path) {
    return JwtKeys.KeyFile.read(Path.of(path));
  }

  private Optional<JwtKeys> discovery(YamlValue value, Optional<String> issuer) {
    Optional<Boolean> flag = value.flag();
    if (flag.isPresent() && !flag.get()) {
      value.fault("discovery is true, or not there");
      return Optional.empty();
    }
    return flag.flatMap(yes -> issuer)
        .flatMap(name -> value.make(() -> new JwtKeys.Discovery(URI.create(name), bounds)));
  }

  private static Optional<JwtKeys> secret(YamlValue value) {
    return value.secret().flatMap(secret -> value.make(() -> new JwtKeys.HmacSecret(secret)));
  }

  private static Optional<String> name(YamlValue value) {
    return value.text(
        text -> {
          if (text.isBlank()) {
            throw new IllegalArgumentException("a name is not blank");
          }
          return text;
        });
  }

  /** One text or several; none if the key is absent. */
  private static List<String> texts(YamlMap map, String key) {
    return map.get(key)
        .map(value -> ConfigurationReader.each(AccessSection.some(value), IssuersSection::name))
        .orElse(List.of());
  }
}
