package io.openclaw.gateway.log.journal.hazelcast;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether the members that are left may go on with the log. Members that are cut off from each
 * other must not both go on with the same life: their readers could not tell which one they were
 * in.
 *
 * <ol>
 *   <li>More than half of the members that there were: they go on.
 *   <li>Exactly half: it may be that the others died, or that they are alive and cut off. By {@link
 *       QuorumRule#HALF} they go on in a new life, by {@link QuorumRule#MAJORITY} they wait.
 *   <li>Fewer wait, unless the rule is {@link QuorumRule#NONE}.
 *   <li>A member that said it would leave is not missed.
 *   <li>Those who are left for some time without being too few are all there were.
 * </ol>
 *
 * <p>Thread-safe, guarded by itself.
 */
final class Quorum {
  /** What the members that are left may do. */
  enum Verdict {
    GO_ON,
    NEW_LIFE,
    WAIT
  }

  private final QuorumRule rule;
  private final long settledAfterNanos;
  private final Set<String> known = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();
  private long missingSinceNanos = -1;

  /**
   * @param settledAfterNanos how long members are missed that did not say they would leave
   */
  Quorum(QuorumRule rule, long settledAfterNanos) {
    this.rule = rule;
    this.settledAfterNanos = settledAfterNanos;
  }

  synchronized void leaves(String member) {
    leaving.add(member);
  }

  /** What {@code alive} may do, themselves included. */
  synchronized Verdict verdict(Set<String> alive, long nowNanos) {
    known.addAll(alive);
    leaving.removeIf(member -> !known.contains(member));
    known.removeIf(member -> !alive.contains(member) && leaving.contains(member));
    Verdict verdict = verdict(alive.size(), known.size());
    if (known.size() == alive.size()) {
      missingSinceNanos = -1;
    } else if (verdict == Verdict.GO_ON) {
      settle(alive, nowNanos);
    }
    return verdict;
  }

  private Verdict verdict(int alive, int all) {
    if (2 * alive > all) {
      return Verdict.GO_ON;
    }
    boolean newLife = rule == QuorumRule.NONE || (rule == QuorumRule.HALF && 2 * alive == all);
    return newLife ? Verdict.NEW_LIFE : Verdict.WAIT;
  }

  private void settle(Set<String> alive, long nowNanos) {
    if (missingSinceNanos == -1) {
      missingSinceNanos = nowNanos;
    } else if (nowNanos - missingSinceNanos > settledAfterNanos) {
      known.retainAll(alive);
      missingSinceNanos = -1;
    }
  }

  /** A new life has begun: nobody else is missed. */
  synchronized void reset(Set<String> alive) {
    known.clear();
    known.addAll(alive);
    leaving.clear();
    missingSinceNanos = -1;
  }

  /** How many there were, in words. */
  synchronized String describe(Set<String> alive) {
    return "this node sees " + alive.size() + " of " + known.size() + " nodes";
  }
}
