package io.openclaw.gateway.security;

import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.shape.Condition.Answer;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.regex.Pattern;

/**
 * A JMS message selector that an access rule depends on. Its names are claims, nested ones in
 * double quotes ({@code "org.region"}); {@code $user}, {@code $issuer}, {@code $address}, {@code
 * $topic} and the topic's levels {@code $1}… stand for what is asked about. Of a pattern, a level
 * with a wildcard and {@code $topic} are unknown, as are claims that are absent or no scalar.
 * Immutable; equal by text. <em>Thread-safe.</em>
 */
public final class ClaimCondition {
  private static final Pattern OF_TOPIC = Pattern.compile("\\$(\\d|topic)");

  private final Condition condition;
  private final boolean ofTopic;

  private ClaimCondition(Condition condition) {
    this.condition = condition;
    this.ofTopic = OF_TOPIC.matcher(condition.toString()).find();
  }

  /**
   * @throws IllegalArgumentException if it is too long or no selector
   */
  public static ClaimCondition of(String text) {
    try {
      return new ClaimCondition(Condition.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a condition is a JMS message selector of at most "
              + Condition.MAX_CHARS
              + " characters, such as: level >= 3 AND \"org.region\" = $1",
          e);
    }
  }

  /** Whether it is true; what is unknown is not. */
  boolean isMet(Authenticated who, TopicPattern asked) {
    return condition.test(new SubjectFields(who, asked)) == Answer.TRUE;
  }

  /** Whether it is false; what is unknown is not. */
  boolean isRuledOut(Authenticated who, TopicPattern asked) {
    return condition.test(new SubjectFields(who, asked)) == Answer.FALSE;
  }

  /** Whether its answer may differ from topic to topic. */
  boolean dependsOnTopic() {
    return ofTopic;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClaimCondition that && condition.equals(that.condition);
  }

  @Override
  public int hashCode() {
    return condition.hashCode();
  }

  /** The selector as written. */
  @Override
  public String toString() {
    return condition.toString();
  }
}
