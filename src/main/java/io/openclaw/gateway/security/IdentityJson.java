package io.openclaw.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An identity as one node hands it to another: with all that access is decided by. */
final class IdentityJson {
  private static final JsonProvider JSON = JsonProvider.provider();

  private IdentityJson() {}

  static byte[] encoded(Identity identity) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("issuer", identity.issuer())
            .add("user", identity.user())
            .add("roles", JSON.createArrayBuilder(identity.roles()))
            .add("claims", json(identity.claims()));
    if (identity.tokenId() != null) {
      json.add("tokenId", identity.tokenId());
    }
    add(json, "expiresAt", identity.expiresAt());
    add(json, "acceptedUntil", identity.acceptedUntil());
    if (identity.authority() instanceof Authority.Scoped scoped) {
      JsonArrayBuilder scopes = JSON.createArrayBuilder();
      scoped.scopes().forEach(scope -> scopes.add(json(scope)));
      json.add("scopes", scopes);
    }
    return json.build().toString().getBytes(UTF_8);
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable Instant time) {
    if (time != null) {
      json.add(name, time.toString());
    }
  }

  private static JsonObjectBuilder json(Scope scope) {
    return JSON.createObjectBuilder()
        .add("actions", JSON.createArrayBuilder(scope.actions().stream().map(Enum::name).toList()))
        .add(
            "topics",
            JSON.createArrayBuilder(scope.topics().stream().map(String::valueOf).toList()));
  }

  private static JsonValue json(Object value) {
    if (value instanceof Map<?, ?> map) {
      JsonObjectBuilder object = JSON.createObjectBuilder();
      map.forEach((name, item) -> object.add(String.valueOf(name), json(item)));
      return object.build();
    }
    if (value instanceof Collection<?> items) {
      JsonArrayBuilder array = JSON.createArrayBuilder();
      items.forEach(item -> array.add(json(item)));
      return array.build();
    }
    if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value instanceof Long || value instanceof Integer) {
      return JSON.createValue(((Number) value).longValue());
    }
    if (value instanceof BigInteger whole) {
      return JSON.createValue(whole);
    }
    return value instanceof Number number
        ? JSON.createValue(new BigDecimal(number.toString()))
        : JSON.createValue(String.valueOf(value));
  }

  /**
   * @throws RuntimeException if it is none
   */
  static Identity decoded(byte[] bytes) {
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(bytes))) {
      return of(reader.readObject());
    }
  }

  private static Identity of(JsonObject json) {
    return new Identity(
        json.getString("issuer"),
        json.getString("user"),
        Set.copyOf(texts(json.getJsonArray("roles"))),
        plain(json.getJsonObject("claims")),
        json.getString("tokenId", null),
        time(json, "expiresAt"),
        time(json, "acceptedUntil"),
        json.containsKey("scopes") ? scoped(json.getJsonArray("scopes")) : Authority.POLICY);
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString::getString);
  }

  private static @Nullable Instant time(JsonObject json, String name) {
    return json.containsKey(name) ? Instant.parse(json.getString(name)) : null;
  }

  private static Authority scoped(JsonArray scopes) {
    return new Authority.Scoped(
        scopes.getValuesAs(JsonObject.class).stream().map(IdentityJson::scope).toList());
  }

  private static Scope scope(JsonObject json) {
    return new Scope(
        texts(json.getJsonArray("actions")).stream()
            .map(name -> Arrays.stream(Action.values()).filter(a -> a.name().equals(name)))
            .flatMap(found -> found)
            .collect(Collectors.toSet()),
        texts(json.getJsonArray("topics")).stream().map(TopicPattern::of).toList());
  }

  private static Map<String, Object> plain(JsonObject json) {
    Map<String, Object> plain = new LinkedHashMap<>();
    json.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(JsonValue value) {
    if (value instanceof JsonObject object) {
      return plain(object);
    }
    if (value instanceof JsonArray array) {
      return array.stream().map(IdentityJson::plain).toList();
    }
    if (value instanceof JsonNumber number) {
      return plain(number);
    }
    return value instanceof JsonString text ? text.getString() : value == JsonValue.TRUE;
  }

  /** As a token's parser has them: what fits a long is one, what has a fraction is a double. */
  private static Object plain(JsonNumber number) {
    if (!number.isIntegral()) {
      return number.doubleValue();
    }
    BigInteger whole = number.bigIntegerValue();
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }
}
