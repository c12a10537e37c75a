package io.openclaw.gateway.source.kafka;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The values that one record gives to the places of a template. */
record RecordPlaces(ConsumerRecord<byte[], byte[]> record)
    implements Function<String, @Nullable String> {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());
  private static final String HEADER = "header.";
  private static final String DATA = "data.";

  @Override
  public @Nullable String apply(String place) {
    if (place.startsWith(HEADER)) {
      return header(place.substring(HEADER.length()));
    }
    if (place.startsWith(DATA)) {
      return field(place.substring(DATA.length()));
    }
    return switch (place) {
      case "key" -> key();
      case "topic" -> record.topic();
      case "partition" -> Integer.toString(record.partition());
      default -> null;
    };
  }

  /** As text; in base64 (RFC 4648 §5) if it is not UTF-8. */
  @Nullable String key() {
    byte[] key = record.key();
    if (key == null) {
      return null;
    }
    String text = Utf8.text(key);
    return text == null ? Base64.getUrlEncoder().withoutPadding().encodeToString(key) : text;
  }

  /** The last header of that name, or null if there is none, or none that is UTF-8. */
  @Nullable String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : Utf8.text(header.value());
  }

  /** A text, number or truth value directly in the object that is the value, or null. */
  private @Nullable String field(String name) {
    String text = record.value() == null ? null : Utf8.text(record.value());
    if (text == null) {
      return null;
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      return parser.hasNext() && parser.next() == JsonParser.Event.START_OBJECT
          ? field(parser, name)
          : null;
    } catch (RuntimeException e) { // JsonException, or what a provider throws for deep nesting
      return null;
    }
  }

  private static @Nullable String field(JsonParser parser, String name) {
    while (parser.hasNext() && parser.next() == JsonParser.Event.KEY_NAME) {
      boolean wanted = parser.getString().equals(name);
      JsonParser.Event value = parser.next();
      if (wanted) {
        return scalar(parser, value);
      }
      skip(parser, value);
    }
    return null;
  }

  private static void skip(JsonParser parser, JsonParser.Event value) {
    if (value == JsonParser.Event.START_OBJECT) {
      parser.skipObject();
    } else if (value == JsonParser.Event.START_ARRAY) {
      parser.skipArray();
    }
  }

  private static @Nullable String scalar(JsonParser parser, JsonParser.Event value) {
    return switch (value) {
      case VALUE_STRING, VALUE_NUMBER -> parser.getString();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      default -> null;
    };
  }
}
