package io.openclaw.gateway.fake;

import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.Rights;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Rights that grant everything to everybody, until they are told otherwise. Thread-safe. */
public final class AllRights implements Rights {
  private volatile BiFunction<Authenticated, TopicPattern, AccessDecision> decision =
      (who, pattern) -> AccessDecision.GRANTED;
  private volatile Predicate<Identity> revoked = identity -> false;
  private volatile boolean servesAnyone = true;

  /** From now on subscriptions are decided so. */
  public void decide(BiFunction<Authenticated, TopicPattern, AccessDecision> decision) {
    this.decision = decision;
  }

  /** From now on nothing is granted. */
  public void refuseAll() {
    decide((who, pattern) -> new AccessDecision.Refused("forbidden", "not any more"));
  }

  /** From now on these are revoked. */
  public void revoke(Predicate<Identity> identities) {
    revoked = identities;
  }

  /** From now on nobody may do anything without signing in. */
  public void serveUsersOnly() {
    servesAnyone = false;
  }

  @Override
  public AccessDecision subscribing(Authenticated who, TopicPattern pattern) {
    return decision.apply(who, pattern);
  }

  @Override
  public boolean servesAnyone() {
    return servesAnyone;
  }

  @Override
  public boolean isRevoked(Identity identity) {
    return revoked.test(identity);
  }
}
