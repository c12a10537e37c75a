package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessDecision.Narrowed;
import io.openclaw.gateway.security.AccessDecision.Refused;
import io.openclaw.gateway.security.TopicAuthorizer.Verdict;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Decides with the access policy in force, which a new configuration replaces while everything
 * runs, and with the authorizers that were deployed:
 *
 * <ol>
 *   <li>if an authorizer denies, or fails, it is refused;
 *   <li>if one grants, that counts as a granting rule of the {@link AccessPolicy} that covers what
 *       is asked for;
 *   <li>the policy decides;
 *   <li>where it narrows a subscription, authorizers are asked about each topic, and can only take
 *       away;
 *   <li>who asks for publications of {@code $presence/room/1} asks for presence of {@code room/1}:
 *       it is that which is decided.
 * </ol>
 *
 * Thread-safe.
 */
public final class CurrentPolicy {
  private static final Logger LOG = System.getLogger(CurrentPolicy.class.getName());

  private volatile AccessPolicy policy;
  private volatile List<TopicAuthorizer> authorizers = List.of();

  public CurrentPolicy(AccessPolicy policy) {
    this.policy = policy;
  }

  /** The policy in force now. */
  public AccessPolicy get() {
    return policy;
  }

  /** Puts {@code policy} in force for every decision from now on. */
  public void replace(AccessPolicy policy) {
    this.policy = policy;
  }

  /** Has these asked before every decision from now on. */
  public void ask(List<TopicAuthorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  /** Decides on all topics of a pattern together. */
  public AccessDecision decide(Authenticated who, Action action, TopicPattern asked) {
    return decide(policy, who, action, asked);
  }

  /** Decides as if {@code proposed} were in force. */
  public AccessDecision decide(
      AccessPolicy proposed, Authenticated who, Action action, TopicPattern asked) {
    Optional<TopicPattern> watched = watched(action, asked);
    return watched.isPresent()
        ? decideAsked(proposed, who, Action.PRESENCE, watched.get())
        : decideAsked(proposed, who, action, asked);
  }

  /** The topics whose presence is asked for, if that is what is asked for. */
  static Optional<TopicPattern> watched(Action action, TopicPattern asked) {
    return action == Action.SUBSCRIBE || action == Action.HISTORY
        ? PresenceTopic.watched(asked)
        : Optional.empty();
  }

  private AccessDecision decideAsked(
      AccessPolicy proposed, Authenticated who, Action action, TopicPattern asked) {
    List<TopicAuthorizer> all = authorizers;
    Verdict verdict = verdict(all, who, action, asked);
    if (verdict == Verdict.DENY) {
      return new Refused("forbidden", action.of(asked) + " is not granted to you");
    }
    AccessDecision decision = proposed.decide(who, action, asked, verdict == Verdict.GRANT);
    return decision instanceof Narrowed narrowed && !all.isEmpty()
        ? new Narrowed(
            narrowed.part(), new AskedScope(narrowed.scope(), all, GrantedScope.subject(who)))
        : decision;
  }

  private static Verdict verdict(
      List<TopicAuthorizer> authorizers, Authenticated who, Action action, TopicPattern asked) {
    Verdict verdict = Verdict.ABSTAIN;
    for (TopicAuthorizer authorizer : authorizers) {
      Verdict each = verdict(authorizer, who, action, asked);
      if (each == Verdict.DENY) {
        return each;
      }
      verdict = each == Verdict.GRANT ? each : verdict;
    }
    return verdict;
  }

  private static Verdict verdict(
      TopicAuthorizer authorizer, Authenticated who, Action action, TopicPattern asked) {
    try {
      return authorizer.decide(who, action, asked);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an authorizer failed: that counts as a denial", e);
      return Verdict.DENY;
    }
  }

  /** A narrowed scope of which authorizers take away. */
  private record AskedScope(
      TopicScope granted, List<TopicAuthorizer> authorizers, Authenticated subject)
      implements TopicScope {
    @Override
    public boolean includes(TopicName topic) {
      return granted.includes(topic)
          && verdict(authorizers, subject, Action.SUBSCRIBE, TopicPattern.exactly(topic))
              != Verdict.DENY;
    }
  }
}
