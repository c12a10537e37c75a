package io.openclaw.gateway.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** JSON with the names that decoders look for and values that they do not expect. */
public final class HostileJson {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "1.0",
          "70e-1",
          "1E+400",
          "1e999999999",
          "1e-999999999",
          "1e99999999999",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "2147483648",
          "0.1e1",
          "9".repeat(400),
          "0." + "1".repeat(400));
  private static final List<String> BROKEN =
      List.of(
          "01",
          "+1",
          ".5",
          "1.",
          "NaN",
          "Infinity",
          "'a'",
          "undefined",
          "{",
          "[",
          "\"",
          "",
          "\ufeff1");

  private HostileJson() {}

  /**
   * An object with some of {@code names}, now and then one of them twice.
   *
   * @param names that the decoder knows
   * @param values that it knows for them, as JSON; others come, too
   */
  public static String object(Random random, List<String> names, List<String> values) {
    StringBuilder json = new StringBuilder("{");
    Set<String> used = new HashSet<>();
    for (int i = random.nextInt(7); i >= 0; i--) {
      String name = random.nextInt(8) == 0 ? HostileText.of(random) : any(random, names);
      if (!used.add(name) && random.nextInt(10) > 0) {
        continue;
      }
      json.append(json.length() == 1 ? "" : ",").append(quote(name, random)).append(':');
      json.append(random.nextInt(3) == 0 ? value(random, 0) : any(random, values));
    }
    return json.append('}').toString();
  }

  /** Any value. */
  public static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 6 ? 4 : 8)) {
      case 0 -> any(random, NUMBERS);
      case 1, 2 -> quote(HostileText.of(random), random);
      case 3 -> any(random, List.of("true", "false", "null"));
      case 4 -> "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
      case 5 -> object(random, List.of("a", "epoch", "offset"), List.of("\"e\"", "7"));
      case 6 -> deep(random.nextInt(random.nextInt(10) == 0 ? 5_000 : 80));
      default -> random.nextInt(10) == 0 ? any(random, BROKEN) : "[]";
    };
  }

  /** Arrays within each other. */
  public static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** As a JSON text, with escapes here and there; control characters always have one. */
  public static String quote(String text, Random random) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || Character.isSurrogate(c) || random.nextInt(10) == 0) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String any(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
