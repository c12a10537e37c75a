package io.openclaw.gateway.session;

import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.Optional;

/** Decides again about a subscription that was granted before. Quick and without I/O. */
@FunctionalInterface
public interface SubscriptionJudge {
  /** Why it is not granted any more, in words for the client; empty if it still is. */
  Optional<String> objection(Authenticated who, TopicPattern pattern);
}
