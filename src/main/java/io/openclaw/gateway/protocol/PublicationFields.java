package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a condition can ask of a publication: fields of the data by name, nested ones by a path with
 * dots; {@code $topic}, its levels {@code $1}…, {@code $key}. The data is parsed at the first
 * question for one of its fields. Confined to one thread.
 */
public final class PublicationFields implements Function<String, @Nullable Object> {
  private final Publication publication;
  private @Nullable JsonObject data;

  public PublicationFields(Publication publication) {
    this.publication = publication;
  }

  /** A String, Boolean, Long or Double; null for what is absent or is no scalar. */
  @Override
  public @Nullable Object apply(String name) {
    return name.startsWith("$") ? ofTopic(name.substring(1)) : scalar(find(data(), name));
  }

  private @Nullable Object ofTopic(String name) {
    return switch (name) {
      case "topic" -> publication.topic().toString();
      case "key" -> publication.key();
      default -> level(name);
    };
  }

  private @Nullable Object level(String name) {
    try {
      int level = Integer.parseInt(name);
      return level < 1 || level > publication.topic().levels().size()
          ? null
          : publication.topic().levels().get(level - 1);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private JsonObject data() {
    JsonObject known = data;
    if (known == null) {
      known = parse();
      data = known;
    }
    return known;
  }

  private JsonObject parse() {
    if (publication.payload() instanceof Payload.Json json && json.text().startsWith("{")) {
      try {
        return Json.object(json.text());
      } catch (JsonException e) {
        return JsonValue.EMPTY_JSON_OBJECT;
      }
    }
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  /** A field with exactly that name goes before a path through nested objects. */
  private static @Nullable JsonValue find(JsonObject object, String path) {
    JsonValue whole = object.get(path);
    int dot = path.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return object.get(path.substring(0, dot)) instanceof JsonObject nested
        ? find(nested, path.substring(dot + 1))
        : null;
  }

  private static @Nullable Object scalar(@Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonNumber number) {
      return number.isIntegral() ? (Object) number.longValue() : (Object) number.doubleValue();
    }
    return value == JsonValue.TRUE ? Boolean.TRUE : value == JsonValue.FALSE ? Boolean.FALSE : null;
  }
}
