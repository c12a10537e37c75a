package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.topic.Payload;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;

/**
 * The places that templates of {@code openclaw:} endpoints may have: <code>${data.a.b}</code> looks
 * into the data, the others are those of Camel's simple language.
 */
final class ExchangePlaces {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());
  private static final String DATA = "data.";
  private static final Set<String> KNOWN =
      Set.of(
          DATA,
          "header.",
          "exchangeProperty.",
          "variable.",
          "body",
          "body.",
          "exchangeId",
          "messageTimestamp",
          "file:name",
          "file:onlyname",
          "file:name.noext",
          "file:onlyname.noext");

  private final Exchange exchange;
  private final Payload payload;
  private @Nullable JsonValue data;

  ExchangePlaces(Exchange exchange, Payload payload) {
    this.exchange = exchange;
    this.payload = payload;
  }

  static Template topic(String text) {
    return Template.ofTopic(text, KNOWN);
  }

  static Template text(String text) {
    return Template.ofText(text, KNOWN);
  }

  /**
   * @throws EventRejectedException if a place has no value
   */
  String fill(Template template) throws EventRejectedException {
    try {
      return template.fill(this::value);
    } catch (Template.UnfilledException e) {
      throw new EventRejectedException("bad_request", e.reason());
    }
  }

  private @Nullable String value(String place) {
    if (place.startsWith(DATA)) {
      return find(place.substring(DATA.length()));
    }
    CamelContext context = exchange.getContext();
    Language simple = context.resolveLanguage("simple");
    return simple.createExpression("${" + place + "}").evaluate(exchange, String.class);
  }

  private @Nullable String find(String path) {
    JsonValue at = data();
    for (String name : path.split("\\.", -1)) {
      if (at instanceof JsonObject object) {
        at = object.get(name);
      } else if (at instanceof JsonArray array) {
        at = item(array, name);
      } else {
        return null;
      }
    }
    return scalar(at);
  }

  private static @Nullable JsonValue item(JsonArray array, String index) {
    int i = index.matches("\\d{1,6}") ? Integer.parseInt(index) : array.size();
    return i < array.size() ? array.get(i) : null;
  }

  private static @Nullable String scalar(@Nullable JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    boolean plain =
        value instanceof JsonNumber || value == JsonValue.TRUE || value == JsonValue.FALSE;
    return plain ? String.valueOf(value) : null;
  }

  private JsonValue data() {
    if (data == null) {
      data = payload instanceof Payload.Json json ? parsed(json.text()) : JsonValue.NULL;
    }
    return data;
  }

  private static JsonValue parsed(String text) {
    try (var reader = READERS.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JsonValue.NULL;
    }
  }
}
