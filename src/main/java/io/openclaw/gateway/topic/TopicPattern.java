package io.openclaw.gateway.topic;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a subscription or a rule names: a topic, or a set of topics by wildcards. {@code +} stands
 * for exactly one level; {@code #}, only as the last level, for any number of levels, including
 * none. A wildcard in first place never matches a first level that starts with {@code $}.
 * Immutable; equal by text.
 */
public final class TopicPattern {
  static final String ONE = "+";
  static final String REST = "#";

  private final String text;
  private final String[] levels;
  private final boolean exact;
  private final boolean startsWild;
  private final boolean startsReserved;

  private TopicPattern(String text, String[] levels) {
    this.text = text;
    this.levels = levels;
    this.exact = text.indexOf('+') < 0 && text.indexOf('#') < 0;
    this.startsWild = levels[0].equals(ONE) || levels[0].equals(REST);
    this.startsReserved = text.charAt(0) == '$';
  }

  /**
   * @throws IllegalTopicException with a message fit for a client if {@code text} breaks a rule
   */
  public static TopicPattern of(String text) {
    String[] levels = TopicSyntax.split("pattern", text);
    for (int i = 0; i < levels.length; i++) {
      checkWildcards(levels[i], i == levels.length - 1);
    }
    return new TopicPattern(text, levels);
  }

  private static void checkWildcards(String level, boolean last) {
    boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
    if (wild && level.length() > 1) {
      throw new IllegalTopicException("+ and # stand only as a whole level of a pattern");
    }
    if (level.equals(REST) && !last) {
      throw new IllegalTopicException("# stands only as the last level of a pattern");
    }
  }

  /** The pattern that means {@code topic} and nothing else. */
  public static TopicPattern exactly(TopicName topic) {
    return new TopicPattern(topic.toString(), topic.levels().toArray(String[]::new));
  }

  /** The one topic this pattern means, or empty if it has a wildcard. */
  public Optional<TopicName> exactTopic() {
    return exact ? Optional.of(TopicName.of(text)) : Optional.empty();
  }

  /** Whether it has no wildcard. */
  public boolean isExact() {
    return exact;
  }

  /** Whether it is for the gateway's own topics: nothing else matches them. */
  public boolean isReserved() {
    return startsReserved;
  }

  /** The levels in order; unmodifiable. */
  public List<String> levels() {
    return Collections.unmodifiableList(Arrays.asList(levels));
  }

  /** Whether {@code topic} is one of the topics this pattern stands for. */
  public boolean matches(TopicName topic) {
    if (exact) {
      return text.equals(topic.toString());
    }
    if (topic.isReserved() && startsWild) {
      return false;
    }
    return matchesLevels(topic);
  }

  private boolean matchesLevels(TopicName topic) {
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals(REST)) {
        return true;
      }
      if (i == topic.depth() || !(levels[i].equals(ONE) || levels[i].equals(topic.level(i)))) {
        return false;
      }
    }
    return levels.length == topic.depth();
  }

  /**
   * Whether every topic that {@code other} matches is matched by this pattern too: what a grant on
   * this pattern must satisfy for a subscription to {@code other}.
   */
  public boolean covers(TopicPattern other) {
    if (startsWild && other.startsReserved) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals(REST)) {
        return true;
      }
      if (i == other.levels.length || !coversLevel(levels[i], other.levels[i])) {
        return false;
      }
    }
    return levels.length == other.levels.length;
  }

  /**
   * Whether some topic could match both patterns: what a denial of this pattern takes from a
   * subscription to {@code other}. Symmetric; looks at the levels only, not at the greatest length
   * of a topic.
   */
  public boolean intersects(TopicPattern other) {
    if ((startsWild && other.startsReserved) || (startsReserved && other.startsWild)) {
      return false;
    }
    int common = Math.min(levels.length, other.levels.length);
    for (int i = 0; i < common; i++) {
      if (levels[i].equals(REST) || other.levels[i].equals(REST)) {
        return true;
      }
      if (!intersectsLevel(levels[i], other.levels[i])) {
        return false;
      }
    }
    return restMayBeNone(common) && other.restMayBeNone(common);
  }

  private boolean restMayBeNone(int from) {
    return from == levels.length || levels[from].equals(REST);
  }

  private static boolean intersectsLevel(String mine, String theirs) {
    return mine.equals(ONE) || theirs.equals(ONE) || mine.equals(theirs);
  }

  private static boolean coversLevel(String mine, String theirs) {
    return mine.equals(ONE) ? !theirs.equals(REST) : mine.equals(theirs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern as written, {@code stock/+/price}. */
  @Override
  public String toString() {
    return text;
  }
}
