package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicPattern;

/**
 * A decision that no rule can express, made by a CDI bean: put a jar with a bean of this type into
 * the WAR, and it is asked before every decision, also when live subscriptions are checked again.
 *
 * <p>It is asked by threads that serve many sessions, so it answers from memory, at once, and may
 * be called by several threads. What it throws counts as {@link Verdict#DENY}.
 */
public interface TopicAuthorizer {
  /** What an authorizer says. */
  enum Verdict {
    /** Grants all that is asked for, as a granting rule would: denying rules still win. */
    GRANT,
    /** Refuses, whatever else grants it. */
    DENY,
    /** Has no opinion. */
    ABSTAIN
  }

  /**
   * @param asked a topic, or a pattern: then the answer is about all its topics together, and
   *     {@code DENY} is due if one of them must not be had
   */
  Verdict decide(Authenticated who, Action action, TopicPattern asked);
}
