package io.openclaw.gateway.subscription;

import io.openclaw.gateway.shape.Condition;

/**
 * A condition that subscriptions of one shard share: evaluated once for each publication, whatever
 * their number. Confined to the fan-out thread.
 */
final class Filter {
  private final Condition condition;
  private int users;
  private long lastOffset = -1;
  private boolean lastAnswer;

  Filter(Condition condition) {
    this.condition = condition;
  }

  Condition condition() {
    return condition;
  }

  boolean passes(Offered offered) {
    if (offered.offset() != lastOffset) {
      lastAnswer = condition.isMet(offered.fields());
      lastOffset = offered.offset();
    }
    return lastAnswer;
  }

  void use() {
    users++;
  }

  /** Whether nobody uses it any more. */
  boolean leave() {
    return --users == 0;
  }
}
