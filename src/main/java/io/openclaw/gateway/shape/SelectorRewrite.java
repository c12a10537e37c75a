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
 * A selector without its LIKEs and tests for NULL: each {@code name [NOT] LIKE 'pattern' [ESCAPE
 * 'c']} and each {@code name IS [NOT] NULL} has become a name of its own, whose value is what the
 * test says of the field. Of a LIKE the selector library would make a regular expression; and where
 * a field without a value matters, a test for it must be told from its use. Immutable.
 *
 * @param text the selector that is left
 * @param tests by their names
 */
record SelectorRewrite(String text, Map<String, FieldTest> tests) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+|--[^\\r\\n]*|/\\*.*?\\*/)"
              + "|(?<literal>'(?:[^']|'')*+')"
              + "|(?<name>\"(?:[^\"]|\"\")*+\"|[A-Za-z_$][A-Za-z0-9_$]*+)"
              + "|.",
          Pattern.DOTALL);

  /** What is asked of one field. */
  interface FieldTest {
    /** The answer; null if it is unknown. */
    @Nullable Boolean value(Function<String, @Nullable Object> fields);
  }

  /** Whether a field fits a pattern; unknown if it is absent. */
  private record Like(String name, LikePattern pattern) implements FieldTest {
    @Override
    public @Nullable Boolean value(Function<String, @Nullable Object> fields) {
      Object value = fields.apply(name);
      return value == null
          ? null
          : Boolean.valueOf(value instanceof String s && pattern.matches(s));
    }
  }

  /** Whether a field is absent. */
  private record IsNull(String name) implements FieldTest {
    @Override
    public Boolean value(Function<String, @Nullable Object> fields) {
      return fields.apply(name) == null;
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

  /** A test that was found: the tokens that it takes the place of. */
  private record Found(FieldTest test, boolean negated, int first, int last) {}

  /**
   * @throws IllegalArgumentException if a LIKE has no name before it or no literal behind it, or it
   *     asks for more than fields
   */
  static SelectorRewrite of(String selector) {
    List<Token> tokens = tokens(selector);
    Map<String, FieldTest> tests = new HashMap<>();
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Found found = find(tokens, i);
      if (found != null) {
        text.append(selector, copied, tokens.get(found.first()).start());
        text.append(found.negated() ? "(NOT \"" : "(\"");
        text.append(name(tests.size())).append("\")");
        tests.put(name(tests.size()), found.test());
        copied = tokens.get(found.last()).end();
      }
    }
    return new SelectorRewrite(text.append(selector, copied, selector.length()).toString(), tests);
  }

  private static @Nullable Found find(List<Token> tokens, int at) {
    Token token = tokens.get(at);
    if ((token.is("XPATH") || token.is("XQUERY")) && isLiteral(tokens, at + 1)) {
      throw new IllegalArgumentException("a selector asks for fields");
    }
    if (token.is("LIKE")) {
      int first = first(tokens, at);
      int last = last(tokens, at);
      return new Found(like(tokens, first, at, last), tokens.get(at - 1).is("NOT"), first, last);
    }
    return token.is("IS") ? isNull(tokens, at) : null;
  }

  /** What else stands around IS is for the library to refuse. */
  private static @Nullable Found isNull(List<Token> tokens, int is) {
    boolean negated = is + 1 < tokens.size() && tokens.get(is + 1).is("NOT");
    int last = negated ? is + 2 : is + 1;
    if (is == 0 || !tokens.get(is - 1).isName() || last >= tokens.size()) {
      return null;
    }
    return tokens.get(last).is("NULL")
        ? new Found(new IsNull(tokens.get(is - 1).unquoted()), negated, is - 1, last)
        : null;
  }

  private static String name(int number) {
    return "~test " + number;
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
