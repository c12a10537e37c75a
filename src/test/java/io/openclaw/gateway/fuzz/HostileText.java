package io.openclaw.gateway.fuzz;

import java.util.List;
import java.util.Random;

/** Texts made of what has broken parsers, consoles and logs before. */
public final class HostileText {
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "0",
          "/",
          "//",
          "+",
          "#",
          "$",
          "$sys",
          ".",
          "..",
          "%2f",
          "%00",
          "{user}",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\u0000",
          "\u0001",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u00ad",
          "\u061c",
          "\u200b",
          "\u200d",
          "\u200e",
          "\u2028",
          "\u2029",
          "\u202a",
          "\u202e",
          "\u2066",
          "\u2069",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "e\u0301",
          "\u00e9",
          "\u65e5",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "<script>",
          "${x}",
          "#{x}",
          "{{x}}",
          "null",
          "true",
          "-0",
          "1e999999999",
          "9223372036854775808",
          "NaN",
          "%s%n",
          "--",
          "/*",
          "(",
          ")",
          ",",
          ";",
          ":",
          "=",
          "*",
          "LIKE",
          "NOT",
          "AND",
          "OR",
          "IN",
          "BETWEEN",
          "IS NULL");

  private HostileText() {}

  /** One piece, or many. */
  public static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 300 : 8); i >= 0; i--) {
      text.append(piece(random));
    }
    return text.toString();
  }

  /** A piece of a text. */
  public static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  /** {@code text} with up to three places changed. */
  public static String mutated(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0 && changed.length() > 0; i--) {
      int at = random.nextInt(changed.length());
      int end = at + random.nextInt(changed.length() - at);
      switch (random.nextInt(5)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, piece(random));
        case 2 -> changed.insert(at, changed.substring(at, end));
        case 3 -> changed.replace(at, at + 1, piece(random));
        default -> changed.setLength(at);
      }
    }
    return changed.toString();
  }
}
