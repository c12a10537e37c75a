package io.openclaw.gateway.command;

import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.session.Rights;
import io.openclaw.gateway.topic.TopicPattern;

/** What sessions may do by the policy in force and the revocations that count. */
public record CurrentRights(CurrentPolicy policy, Revocations revocations) implements Rights {
  @Override
  public AccessDecision subscribing(Authenticated who, TopicPattern pattern) {
    return policy.decide(who, Action.SUBSCRIBE, pattern);
  }

  @Override
  public boolean servesAnyone() {
    return policy.get().grantsAnyoneSomething();
  }

  @Override
  public boolean isRevoked(Identity identity) {
    return revocations.cover(identity);
  }
}
