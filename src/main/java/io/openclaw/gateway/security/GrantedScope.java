package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is granted to somebody of a pattern that is not granted as a whole: the topics that a grant
 * matches and no denial does, exactly those that would be granted one by one. Equal for all to whom
 * the same rules apply with the same values, whoever they are. Immutable.
 */
record GrantedScope(List<Part> grants, List<Part> denials) implements TopicScope {
  /** Claims that differ from token to token and say nothing about who somebody is. */
  private static final Set<String> OF_ONE_TOKEN =
      Set.of("jti", "iat", "exp", "nbf", "auth_time", "nonce", "sid", "session_state", "at_hash");

  /**
   * The topics of one clause.
   *
   * @param condition what is asked again for each topic, or null
   * @param subject for whom, or null without a condition
   */
  record Part(
      TopicPattern topics, @Nullable ClaimCondition condition, @Nullable Authenticated subject) {
    boolean grants(TopicName topic) {
      return topics.matches(topic)
          && (condition == null
              || subject == null
              || condition.isMet(subject, TopicPattern.exactly(topic)));
    }

    /** Whether no topic of {@code asked} is left, whatever is asked again. */
    boolean coversSurely(TopicPattern asked) {
      return condition == null && topics.covers(asked);
    }

    boolean denies(TopicName topic) {
      return topics.matches(topic)
          && (condition == null
              || subject == null
              || !condition.isRuledOut(subject, TopicPattern.exactly(topic)));
    }
  }

  /** Who somebody is, without what differs from one token of theirs to the next. */
  static Authenticated subject(Authenticated who) {
    Identity identity = who.identity();
    Map<String, Object> lasting = new HashMap<>(identity.claims());
    lasting.keySet().removeAll(OF_ONE_TOKEN);
    return new Caller(
        new Identity(
            identity.issuer(),
            identity.user(),
            identity.roles(),
            lasting,
            null,
            null,
            null,
            identity.authority()),
        who.address());
  }

  @Override
  public boolean includes(TopicName topic) {
    for (Part denial : denials) {
      if (denial.denies(topic)) {
        return false;
      }
    }
    for (Part grant : grants) {
      if (grant.grants(topic)) {
        return true;
      }
    }
    return false;
  }
}
