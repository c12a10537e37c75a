package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule applies: a pattern in which <code>{user}</code> stands for the user's name and
 * <code>{claim:tenant}</code> for the value of a claim, as a whole level or as a part of one. A
 * value fills exactly its place and can never widen the pattern: one that is absent or empty, has a
 * {@code /}, {@code +}, {@code #} or control character in it, is no text, whole number or truth
 * value, makes the result too long, or would begin the first level with {@code $} cannot be used.
 * Immutable; equal by text.
 */
public final class TopicTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(user|claim:([^{}]+))\\}");
  private static final String MARK = "\u0001";
  private static final Pattern MARKED_LEVEL = Pattern.compile("[^/]*" + MARK + "[^/]*");

  private final String text;
  private final boolean personal;
  private final TopicPattern widest;

  private TopicTemplate(String text) {
    this.text = text;
    this.personal = text.indexOf('{') >= 0;
    String marked = PLACEHOLDER.matcher(text).replaceAll(MARK);
    this.widest = TopicPattern.of(MARKED_LEVEL.matcher(marked).replaceAll("+"));
  }

  /**
   * @throws IllegalArgumentException if it has braces other than the placeholders', or cannot give
   *     a pattern
   */
  public static TopicTemplate of(String text) {
    String sample = PLACEHOLDER.matcher(text).replaceAll("x");
    if (sample.indexOf('{') >= 0 || sample.indexOf('}') >= 0) {
      throw new IllegalArgumentException("in braces stands {user} or {claim:NAME}");
    }
    TopicPattern.of(sample);
    return new TopicTemplate(text);
  }

  /** Whether it has a placeholder. */
  boolean isPersonal() {
    return personal;
  }

  /** The pattern that covers every value: {@code +} in place of each level with a placeholder. */
  TopicPattern widest() {
    return widest;
  }

  /** The pattern for {@code identity}; empty if a placeholder has no value that can be used. */
  Optional<TopicPattern> resolve(Identity identity) {
    if (!personal) {
      return Optional.of(widest);
    }
    Matcher places = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (places.find()) {
      String value = value(places.group(2), identity);
      if (value == null || !fits(value)) {
        return Optional.empty();
      }
      places.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return pattern(places.appendTail(filled).toString());
  }

  private static @Nullable String value(@Nullable String claim, Identity identity) {
    return claim == null ? identity.user() : Claims.scalar(Claims.find(identity.claims(), claim));
  }

  private static boolean fits(String value) {
    return !value.isEmpty() && value.chars().noneMatch(c -> c == '/' || c == '+' || c == '#');
  }

  private Optional<TopicPattern> pattern(String filled) {
    if (filled.charAt(0) == '$' && text.charAt(0) != '$') {
      return Optional.empty();
    }
    try {
      return Optional.of(TopicPattern.of(filled));
    } catch (IllegalTopicException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The template as written, <code>user/{user}/#</code>. */
  @Override
  public String toString() {
    return text;
  }
}
