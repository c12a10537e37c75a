package io.openclaw.gateway.shape;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.fuzz.HostileText;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a client sends as a filter: it is one, or it is refused; asking it costs little. */
class HostileConditionsTest {
  private static final List<String> CONDITIONS =
      List.of(
          "price > 100 AND symbol = 'AAPL'",
          "NOT (a IN ('x', 'y') OR b BETWEEN 1 AND 2.5e3)",
          "name LIKE 'a%b_c' ESCAPE '!' AND \"user.region\" IS NOT NULL",
          "$1 = 'x' AND -a * (b + 3) / c - 0x1F <> 7 OR TRUE");

  @Property(seed = "20261122")
  void aTextIsAFilterOrIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 10; i++) {
      String text = text(random);
      Cost.bounded(text, () -> check(text));
    }
  }

  private static String text(Random random) {
    String condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    return random.nextInt(4) == 0
        ? HostileText.of(random)
        : HostileText.mutated(HostileText.mutated(condition, random), random);
  }

  private static boolean check(String text) {
    try {
      Condition condition = Condition.of(text);
      for (Object value : List.of("x", 7L, -0.0, Double.NaN, true)) {
        condition.isMet(name -> value);
      }
      return condition.isMet(name -> null);
    } catch (IllegalArgumentException e) {
      Cost.assertTellsNothing(String.valueOf(e.getMessage()), text);
      return false;
    }
  }

  @Example
  void whatIsBuiltToBeCostlyIsNot() {
    for (String costly :
        List.of(
            "(".repeat(490) + "a=1" + ")".repeat(490),
            "(".repeat(25) + "a=1" + ")".repeat(25),
            "(".repeat(999),
            "NOT ".repeat(200) + "a",
            "NOT(".repeat(150) + "a" + ")".repeat(150),
            "-".repeat(990) + "1 = 1",
            "- ".repeat(400) + "a = 1",
            "a=" + "a+".repeat(490) + "a",
            "a=" + "(a+".repeat(240) + "a" + ")".repeat(240),
            "a OR ".repeat(190) + "b",
            "a=1 AND ".repeat(120) + "b=1",
            "a IN ('" + "x','".repeat(300) + "')",
            "a LIKE '" + "%a".repeat(480) + "'",
            "a BETWEEN ".repeat(50) + "1 AND 2",
            "a = '" + "'".repeat(980) + "'",
            "a = " + "9".repeat(900),
            "a = 1e999999999",
            "a = 0x" + "F".repeat(900),
            "XPATH '//*'",
            "XQUERY 'x'",
            "convert_string_expressions:a=1",
            "hyphenated_props:a-b=1")) {
      Cost.bounded(costly, () -> check(costly));
    }
    assertTrue(Condition.of("a = 1").isMet(name -> 1L));
  }
}
