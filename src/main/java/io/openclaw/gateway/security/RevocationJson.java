package io.openclaw.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.security.Revocation.Kind;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Locale;

/**
 * A revocation as it is kept, and as nodes tell each other: {@code {"kind", "value", "issuer"?,
 * "at", "until"}}, times in ISO 8601.
 */
public final class RevocationJson {
  private static final JsonProvider JSON = JsonProvider.provider();

  private RevocationJson() {}

  /** What one has in common with the newer one that takes its place. */
  public static String key(Revocation each) {
    String issuer = each.issuer();
    return each.kind().wire()
        + (issuer == null ? "-" : issuer.length() + ":" + issuer)
        + ' '
        + each.value();
  }

  public static byte[] encoded(Revocation each) {
    return json(each).build().toString().getBytes(UTF_8);
  }

  /**
   * @throws RuntimeException if it is none
   */
  public static Revocation decoded(byte[] bytes) {
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(bytes))) {
      return of(reader.readObject());
    }
  }

  static JsonObjectBuilder json(Revocation each) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("kind", each.kind().wire())
            .add("value", each.value())
            .add("at", each.at().toString())
            .add("until", each.until().toString());
    return each.issuer() == null ? json : json.add("issuer", each.issuer());
  }

  static Revocation of(JsonObject json) {
    return new Revocation(
        Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT)),
        json.getString("value"),
        json.getString("issuer", null),
        Instant.parse(json.getString("at")),
        Instant.parse(json.getString("until")));
  }
}
