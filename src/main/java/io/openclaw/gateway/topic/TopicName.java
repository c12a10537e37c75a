package io.openclaw.gateway.topic;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The name of one topic, such as {@code stock/AAPL/price}: levels separated by {@code /}, 1 to 255
 * characters, at most 16 levels, none of them empty, without {@code +} or {@code #}. Immutable;
 * equal by text, case-sensitive.
 */
public final class TopicName {
  private final String text;
  private final String[] levels;

  private TopicName(String text, String[] levels) {
    this.text = text;
    this.levels = levels;
  }

  /**
   * @throws IllegalTopicException with a message fit for a client if {@code text} breaks a rule
   */
  public static TopicName of(String text) {
    if (text.indexOf('+') >= 0 || text.indexOf('#') >= 0) {
      throw new IllegalTopicException("a topic has no + or #: those belong to patterns");
    }
    return new TopicName(text, TopicSyntax.split("topic", text));
  }

  /** The levels in order; unmodifiable. */
  public List<String> levels() {
    return Collections.unmodifiableList(Arrays.asList(levels));
  }

  /** Whether the first level starts with {@code $}: the gateway's own topics. */
  public boolean isReserved() {
    return text.charAt(0) == '$';
  }

  int depth() {
    return levels.length;
  }

  String level(int index) {
    return levels[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicName name && text.equals(name.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The name as written, {@code stock/AAPL/price}. */
  @Override
  public String toString() {
    return text;
  }
}
