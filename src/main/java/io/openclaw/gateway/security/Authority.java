package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;

/** Where the grants of an identity come from. Denying rules hold for both kinds. */
public sealed interface Authority {
  /** The granting rules of the access policy. */
  Authority POLICY = new ByPolicy();

  /** The granting rules of the access policy. */
  record ByPolicy() implements Authority {}

  /**
   * The scopes of an API key, and no rule of the policy.
   *
   * @param scopes any of them is enough; of none, nothing is granted
   */
  record Scoped(List<Scope> scopes) implements Authority {
    /** Copies. */
    public Scoped {
      scopes = List.copyOf(scopes);
    }

    boolean grants(Action action, TopicPattern asked) {
      for (Scope scope : scopes) {
        if (scope.covers(action, asked)) {
          return true;
        }
      }
      return false;
    }
  }
}
