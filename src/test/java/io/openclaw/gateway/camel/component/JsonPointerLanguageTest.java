package io.openclaw.gateway.camel.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonPointerLanguageTest {
  private static final String BODY =
      "{\"order\":{\"id\":\"a\\\"b\",\"n\":7,\"paid\":true,\"none\":null,\"items\":[{\"x\":1}]}}";

  private final DefaultCamelContext context = new DefaultCamelContext();

  private @Nullable Object value(String expression, @Nullable Object body) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(body);
    return new JsonPointerLanguage().createExpression(expression).evaluate(exchange, Object.class);
  }

  @Test
  void takesValuesAsWhatTheyAre() {
    assertEquals("a\"b", value("/order/id", BODY));
    assertEquals(BigInteger.valueOf(7), value("/order/n", BODY));
    assertEquals(true, value("/order/paid", BODY));
    assertEquals("{\"x\":1}", value("/order/items/0", BODY));
  }

  @Test
  void takesValuesAsJson() {
    assertEquals("\"a\\\"b\"", value("text:/order/id", BODY));
    assertEquals("7", value("text:/order/n", BODY));
  }

  @Test
  void isNothingWhereThereIsNothing() {
    assertNull(value("/order/none", BODY));
    assertNull(value("/order/missing", BODY));
    assertNull(value("/order/items/5", BODY));
    assertNull(value("/order", "no JSON"));
    assertNull(value("/order", "[DONE]"));
    assertNull(value("/order", "7"));
    assertNull(value("/order", null));
  }
}
