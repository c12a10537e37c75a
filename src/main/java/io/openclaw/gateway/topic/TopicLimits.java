package io.openclaw.gateway.topic;

/**
 * How long and deep topics may be here: no more than {@link TopicName} allows anyway.
 *
 * @param maxChars characters of a topic or pattern
 * @param maxLevels levels of it
 */
public record TopicLimits(int maxChars, int maxLevels) {
  /** As much as the protocol allows. */
  public static final TopicLimits DEFAULT =
      new TopicLimits(TopicSyntax.MAX_CHARS, TopicSyntax.MAX_LEVELS);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public TopicLimits {
    if (maxChars < 1
        || maxChars > TopicSyntax.MAX_CHARS
        || maxLevels < 1
        || maxLevels > TopicSyntax.MAX_LEVELS) {
      throw new IllegalArgumentException(
          "topics have up to "
              + TopicSyntax.MAX_CHARS
              + " characters, "
              + TopicSyntax.MAX_LEVELS
              + " levels");
    }
  }

  /**
   * Checks a topic.
   *
   * @throws IllegalTopicException with words fit for the client if it is longer or deeper
   */
  public void check(TopicName topic) {
    check("topic", topic.toString().length(), topic.depth());
  }

  /**
   * Checks a pattern.
   *
   * @throws IllegalTopicException with words fit for the client if it is longer or deeper
   */
  public void check(TopicPattern pattern) {
    String text = pattern.toString();
    check("pattern", text.length(), 1 + (int) text.chars().filter(c -> c == '/').count());
  }

  private void check(String what, int chars, int levels) {
    if (chars > maxChars) {
      throw new IllegalTopicException(
          "a " + what + " has at most " + maxChars + " characters here");
    }
    if (levels > maxLevels) {
      throw new IllegalTopicException("a " + what + " has at most " + maxLevels + " levels here");
    }
  }
}
