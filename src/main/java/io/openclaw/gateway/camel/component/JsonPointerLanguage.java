package io.openclaw.gateway.camel.component;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes a value out of a JSON body: {@code /order/id} (RFC 6901). A string is its text, a number is
 * one, an object or array is JSON text; {@code null} and what is not there is nothing, and so is
 * everything in a body that is no JSON. With {@code text:} before the pointer the value is JSON
 * text whatever it is, a string with its quotes, to be put into another JSON text. Thread-safe.
 */
public final class JsonPointerLanguage extends LanguageSupport {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final String TEXT = "text:";

  /** For Camel. */
  public JsonPointerLanguage() {}

  @Override
  public Expression createExpression(String expression) {
    boolean text = expression.startsWith(TEXT);
    JsonPointer pointer =
        JSON.createPointer(text ? expression.substring(TEXT.length()) : expression);
    return new Taken(pointer, text);
  }

  @Override
  public Predicate createPredicate(String expression) {
    return ExpressionToPredicateAdapter.toPredicate(createExpression(expression));
  }

  private static final class Taken extends ExpressionAdapter {
    private final JsonPointer pointer;
    private final boolean text;

    Taken(JsonPointer pointer, boolean text) {
      this.pointer = pointer;
      this.text = text;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how the interface says that there is nothing
    public Object evaluate(Exchange exchange) {
      return value(exchange.getMessage().getBody(String.class)).map(this::plain).orElse(null);
    }

    private Optional<JsonValue> value(@Nullable String body) {
      if (body == null) {
        return Optional.empty();
      }
      try (JsonReader reader = JSON.createReader(new StringReader(body))) {
        JsonStructure whole = reader.read();
        return pointer.containsValue(whole)
            ? Optional.of(pointer.getValue(whole)).filter(value -> value != JsonValue.NULL)
            : Optional.empty();
      } catch (JsonException e) {
        return Optional.empty();
      }
    }

    private Object plain(JsonValue value) {
      if (text) {
        return value.toString();
      }
      if (value instanceof JsonString string) {
        return string.getString();
      }
      if (value instanceof JsonNumber number) {
        return number.isIntegral() ? number.bigIntegerValue() : number.bigDecimalValue();
      }
      return switch (value.getValueType()) {
        case TRUE -> true;
        case FALSE -> false;
        default -> value.toString();
      };
    }
  }
}
