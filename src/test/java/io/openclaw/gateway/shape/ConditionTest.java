package io.openclaw.gateway.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Map<String, Object> FIELDS =
      Map.of(
          "price",
          101L,
          "ratio",
          0.5,
          "zero",
          0L,
          "symbol",
          "ACME",
          "open",
          true,
          "user.region",
          "eu",
          "$2",
          "ACME",
          "share",
          "50% of it",
          "quote",
          "it's");

  private static boolean isMet(String text) {
    return Condition.of(text).isMet(FIELDS::get);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price > 100",
        "price > 100.5",
        "price BETWEEN 100 AND 102 AND symbol = 'ACME'",
        "symbol IN ('ACME', 'OTHER')",
        "symbol LIKE 'AC%'",
        "symbol like '%CM%'",
        "symbol LIKE 'A_M_'",
        "symbol LIKE '%'",
        "symbol LIKE 'ACME'",
        "symbol NOT LIKE 'B%'",
        "NOT symbol LIKE 'B%'",
        "symbol LIKE 'A%E' AND price > 100 OR symbol LIKE 'nothing'",
        "symbol /* a 'comment' */ LIKE -- another\n 'A%'",
        "\"user.region\" LIKE 'e_'",
        "share LIKE '50!%%' ESCAPE '!'",
        "quote LIKE '%''s'",
        "symbol = 'ACME' AND 'x LIKE y' = 'x LIKE y'",
        "absent IS NULL",
        "open",
        "NOT (price < 100)",
        "\"user.region\" = 'eu'",
        "$2 = 'ACME'",
        "price * ratio > 50"
      })
  void holds(String text) {
    assertTrue(isMet(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price > 200",
        "absent > 1",
        "NOT (absent > 1)",
        "symbol > 1",
        "symbol = 1",
        "price = '101'",
        "price % zero = 1",
        "symbol LIKE 'AC'",
        "symbol LIKE 'AC%x'",
        "symbol LIKE 'ac%'",
        "symbol LIKE '_'",
        "symbol LIKE ''",
        "share LIKE '5!%%' ESCAPE '!'",
        "price LIKE '1%'",
        "absent LIKE '%'",
        "absent NOT LIKE '%'",
        "zero / zero = 1",
        "price > 100 AND absent"
      })
  void isNotMet(String text) {
    assertFalse(isMet(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "price >",
        "price > 'x",
        "a.b = 1",
        "=",
        "(",
        "\u0000",
        "a = 1; b = 2",
        "LIKE 'x'",
        "a LIKE",
        "a LIKE b",
        "a LIKE 'x' ESCAPE 'xy'",
        "a LIKE 'x' ESCAPE",
        "1 LIKE 'x'"
      })
  void isNoSelector(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Condition.of(text)).getMessage();
    assertTrue(String.valueOf(message).startsWith("the filter is no JMS message selector"));
  }

  @Test
  void hasABoundedLength() {
    String text = "a = '" + "x".repeat(1_000) + "'";
    assertThrows(IllegalArgumentException.class, () -> Condition.of(text));
  }

  @Test
  void nestedAsDeepAsItsLengthAllowsItIsAnsweredOrRefused() {
    String deep = "(".repeat(490) + "price>1" + ")".repeat(490);
    assertTrue(isMet(deep));
    assertTrue(isMet("NOT(".repeat(198) + "price>1" + ")".repeat(198)));
  }

  @Test
  void aLikeThatBacktracksIsAnsweredSoonForLongTexts() {
    Condition condition = Condition.of("a LIKE '%a%a%a%a%a%a%a%a%b'");
    String text = "a".repeat(250_000);
    assertTimeout(Duration.ofSeconds(20), () -> assertFalse(condition.isMet(name -> text)));
  }

  @Test
  void isEqualByItsText() {
    assertEquals(Condition.of("a = 1"), Condition.of("a = 1"));
    assertEquals(Condition.of("a = 1").hashCode(), Condition.of("a = 1").hashCode());
  }
}
