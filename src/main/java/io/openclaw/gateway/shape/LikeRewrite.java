package io.openclaw.gateway.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A selector without its LIKEs: each {@code name [NOT] LIKE 'pattern' [ESCAPE 'c']} has become a
 * name of its own, whose value is whether the field fits the {@link LikePattern}. The selector
 * library would make a regular expression of it. Immutable.
 *
 * @param text the selector that is left
 * @param likes by their names
 */
record LikeRewrite(String text, Map<String, Like> likes) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+|--[^\\r\\n]*|/\\*.*?\\*/)"
              + "|(?<literal>'(?:[^']|'')*+')"
              + "|(?<name>\"(?:[^\"]|\"\")*+\"|[A-Za-z_$][A-Za-z0-9_$]*+)"
              + "|.",
          Pattern.DOTALL);

  /** One LIKE: a field's name and what it must fit. */
  record Like(String name, LikePattern pattern) {
    /** Whether the field fits; null if it is absent: unknown. */
    @Nullable Boolean value(Function<String, @Nullable Object> fields) {
      Object value = fields.apply(name);
      return value == null
          ? null
          : Boolean.valueOf(value instanceof String s && pattern.matches(s));
    }
  }

  /** A piece of the selector's text, from its place to the next one's; spaces are none. */
  private record Token(String text, int start, int end, boolean isLiteral, boolean isName) {
    boolean is(String word) {
      return isName && text.equalsIgnoreCase(word);
    }

    String unquoted() {
      char quote = text.charAt(0);
      if (quote != '\'' && quote != '"') {
        return text;
      }
      String one = String.valueOf(quote);
      return text.substring(1, text.length() - 1).replace(one + one, one);
    }
  }

  /**
   * @throws IllegalArgumentException if a LIKE has no name before it or no literal behind it
   */
  static LikeRewrite of(String selector) {
    List<Token> tokens = tokens(selector);
    Map<String, Like> likes = new HashMap<>();
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).is("LIKE")) {
        int first = first(tokens, i);
        int last = last(tokens, i);
        text.append(selector, copied, tokens.get(first).start());
        text.append(tokens.get(i - 1).is("NOT") ? "(NOT \"" : "(\"");
        text.append(name(likes.size())).append("\")");
        likes.put(name(likes.size()), like(tokens, first, i, last));
        copied = tokens.get(last).end();
      }
    }
    return new LikeRewrite(text.append(selector, copied, selector.length()).toString(), likes);
  }

  private static String name(int number) {
    return "~like " + number;
  }

  private static List<Token> tokens(String selector) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(selector);
    while (matcher.find()) {
      if (matcher.group("space") == null) {
        boolean isLiteral = matcher.group("literal") != null;
        boolean isName = matcher.group("name") != null;
        tokens.add(new Token(matcher.group(), matcher.start(), matcher.end(), isLiteral, isName));
      }
    }
    return tokens;
  }

  private static int first(List<Token> tokens, int like) {
    int first = like > 0 && tokens.get(like - 1).is("NOT") ? like - 2 : like - 1;
    if (first < 0 || !tokens.get(first).isName()) {
      throw new IllegalArgumentException("LIKE has a name before it");
    }
    return first;
  }

  private static int last(List<Token> tokens, int like) {
    if (!isLiteral(tokens, like + 1)) {
      throw new IllegalArgumentException("LIKE has a text behind it");
    }
    return like + 2 < tokens.size() && tokens.get(like + 2).is("ESCAPE") ? like + 3 : like + 1;
  }

  private static Like like(List<Token> tokens, int first, int like, int last) {
    Character escape = last > like + 1 ? escape(tokens, last) : null;
    LikePattern pattern = new LikePattern(tokens.get(like + 1).unquoted(), escape);
    return new Like(tokens.get(first).unquoted(), pattern);
  }

  private static boolean isLiteral(List<Token> tokens, int index) {
    return index < tokens.size() && tokens.get(index).isLiteral();
  }

  private static Character escape(List<Token> tokens, int index) {
    if (!isLiteral(tokens, index) || tokens.get(index).unquoted().length() != 1) {
      throw new IllegalArgumentException("ESCAPE has one character");
    }
    return tokens.get(index).unquoted().charAt(0);
  }
}
