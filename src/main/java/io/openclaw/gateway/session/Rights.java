package io.openclaw.gateway.session;

import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.topic.TopicPattern;

/**
 * What sessions may do at this moment. Asked by the threads that serve them: it answers at once.
 * Thread-safe.
 */
public interface Rights {
  /** Whether {@code who} may be subscribed to {@code pattern}, or to a part of it. */
  AccessDecision subscribing(Authenticated who, TopicPattern pattern);

  /** Whether a session without identity may do anything at all. */
  boolean servesAnyone();

  /** Whether what {@code identity} showed to sign in counts no more. */
  boolean isRevoked(Identity identity);
}
