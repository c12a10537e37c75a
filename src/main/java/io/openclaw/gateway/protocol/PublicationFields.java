package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a condition can ask of a publication: fields of the data by name, nested ones by a path with
 * dots; {@code $topic}, its levels {@code $1}…, {@code $key}. The data is parsed at the first
 * question for one of its fields. Confined to one thread.
 */
public final class PublicationFields implements Function<String, @Nullable Object> {
  private final Publication publication;
  private @Nullable Map<?, ?> data;

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

  private Map<?, ?> data() {
    Map<?, ?> known = data;
    if (known == null) {
      known = parse();
      data = known;
    }
    return known;
  }

  /** Data that is no JSON object, or that no parser here can read, has no fields. */
  private Map<?, ?> parse() {
    if (publication.payload() instanceof Payload.Json json && json.text().startsWith("{")) {
      try {
        return JsonTree.read(json.text()) instanceof Map<?, ?> object ? object : Map.of();
      } catch (RuntimeException e) {
        return Map.of();
      }
    }
    return Map.of();
  }

  /** A field with exactly that name goes before a path through nested objects. */
  private static @Nullable Object find(Map<?, ?> object, String path) {
    Object whole = object.get(path);
    int dot = path.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return object.get(path.substring(0, dot)) instanceof Map<?, ?> nested
        ? find(nested, path.substring(dot + 1))
        : null;
  }

  private static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof Numeral number) {
      return number.value();
    }
    return value instanceof String || value instanceof Boolean ? value : null;
  }
}
