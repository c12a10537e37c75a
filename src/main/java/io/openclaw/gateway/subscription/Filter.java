package io.openclaw.gateway.subscription;

import java.util.function.Predicate;

/**
 * A condition or scope that subscriptions of one shard share: asked once for each publication,
 * whatever their number. Confined to the fan-out thread.
 */
final class Filter {
  private final Object key;
  private final Predicate<Offered> test;
  private int users;
  private long lastOffset = -1;
  private boolean lastAnswer;

  /**
   * @param key equal for those that give the same answers
   */
  Filter(Object key, Predicate<Offered> test) {
    this.key = key;
    this.test = test;
  }

  Object key() {
    return key;
  }

  boolean passes(Offered offered) {
    if (offered.offset() != lastOffset) {
      lastAnswer = test.test(offered);
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
