package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule for one of its topics. What is looked at first is what most often rules it out.
 *
 * @param index the rule's place in the policy, from 0
 */
record Clause(int index, AccessRule rule, TopicTemplate topic) {

  /** Why a clause does or does not apply. */
  enum Outcome {
    /** It applies. */
    APPLIES("applies"),
    /** It is about other topics. */
    OTHER_TOPICS("speaks of other topics"),
    /** It grants a part of the topics asked for. */
    A_PART("grants a part of these topics"),
    /** It is about other people. */
    OTHER_PEOPLE("does not speak of this subject"),
    /** A placeholder in its topic has no value that can be used. */
    NO_VALUE("a placeholder of its topic has no value that can be used"),
    /** What it depends on is not so, or not known. */
    UNMET("its condition is not met");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  int maxRate() {
    return rule.terms().maxRate();
  }

  private @Nullable ClaimCondition when() {
    return rule.terms().when();
  }

  boolean grants(Authenticated who, TopicPattern asked) {
    return topic.widest().covers(asked)
        && rule.speaksOf(who.identity())
        && topic.resolve(who.identity()).filter(pattern -> pattern.covers(asked)).isPresent()
        && isMet(who, asked);
  }

  boolean denies(Authenticated who, TopicPattern asked) {
    return topic.widest().intersects(asked)
        && rule.speaksOf(who.identity())
        && deniedTopics(who.identity()).intersects(asked)
        && !isRuledOut(who, asked);
  }

  /** What a denial speaks of: without a value that can be used, of every value. */
  private TopicPattern deniedTopics(Identity identity) {
    return topic.resolve(identity).orElse(topic.widest());
  }

  private boolean isMet(Authenticated who, TopicPattern asked) {
    ClaimCondition when = when();
    return when == null || when.isMet(who, asked);
  }

  private boolean isRuledOut(Authenticated who, TopicPattern asked) {
    ClaimCondition when = when();
    return when != null && when.isRuledOut(who, asked);
  }

  boolean deniesToAnyone(TopicPattern asked) {
    return rule.who().contains(Who.ANYONE)
        && !topic.isPersonal()
        && when() == null
        && topic.widest().intersects(asked);
  }

  /**
   * Its part in the scope of somebody who asked for more than is granted; null if it has none. A
   * condition that differs from topic to topic goes along, and is asked again for each.
   */
  GrantedScope.@Nullable Part part(Authenticated who, TopicPattern asked) {
    if (!topic.widest().intersects(asked) || !rule.speaksOf(who.identity())) {
      return null;
    }
    TopicPattern topics =
        rule.effect() == Effect.DENY
            ? deniedTopics(who.identity())
            : topic.resolve(who.identity()).orElse(null);
    if (topics == null || !topics.intersects(asked)) {
      return null;
    }
    return conditional(who, asked, topics);
  }

  private GrantedScope.@Nullable Part conditional(
      Authenticated who, TopicPattern asked, TopicPattern topics) {
    ClaimCondition when = when();
    if (when != null && when.dependsOnTopic()) {
      return new GrantedScope.Part(topics, when, GrantedScope.subject(who));
    }
    boolean applies = rule.effect() == Effect.DENY ? !isRuledOut(who, asked) : isMet(who, asked);
    return applies ? new GrantedScope.Part(topics, null, null) : null;
  }

  /** Why it does or does not apply, in words. */
  Outcome outcome(Authenticated who, TopicPattern asked) {
    boolean denial = rule.effect() == Effect.DENY;
    if (denial ? denies(who, asked) : grants(who, asked)) {
      return Outcome.APPLIES;
    }
    if (!topic.widest().intersects(asked)) {
      return Outcome.OTHER_TOPICS;
    }
    return rule.speaksOf(who.identity())
        ? outcomeByTopic(topic.resolve(who.identity()).orElse(null), denial, asked)
        : Outcome.OTHER_PEOPLE;
  }

  private Outcome outcomeByTopic(
      @Nullable TopicPattern resolved, boolean denial, TopicPattern asked) {
    if (resolved == null) {
      return denial ? Outcome.UNMET : Outcome.NO_VALUE;
    }
    if (!resolved.intersects(asked)) {
      return Outcome.OTHER_TOPICS;
    }
    return denial || resolved.covers(asked) ? Outcome.UNMET : Outcome.A_PART;
  }
}
