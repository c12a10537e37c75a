package io.openclaw.gateway.log.journal.hazelcast;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
 *   <li>A member that is being cut off sees the others vanish one after the other, and what it
 *       writes meanwhile may be nowhere else. So those who could go on wait until more than half of
 *       all have said that they see the same members, or for the same time without another change.
 * </ol>
 *
 * <p>Thread-safe, guarded by itself.
 */
final class Quorum {
  /** What the members that are left may do. */
  enum Verdict {
    GO_ON,
    /** Who vanished may not be all: nothing new is safe. */
    UNSURE,
    NEW_LIFE,
    WAIT
  }

  private static final int MAX_SEEN = 1_000;

  private final QuorumRule rule;
  private final long settledAfterNanos;
  private final Set<String> known = new HashSet<>();
  private final Set<String> leaving = new HashSet<>();
  private final Map<String, String> seen = new HashMap<>();
  private Set<String> before = Set.of();
  private boolean unsure;
  private long unsureSinceNanos;
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

  /** A member that joined again has another id: under the former one it is not missed. */
  synchronized void isAnother(String former) {
    known.remove(former);
  }

  /** A member said whom it sees, in the words of {@link #view}. */
  synchronized void sees(String member, String members) {
    seen.put(member, members);
  }

  /** Whether {@code member} has said last that it sees {@code alive}. */
  synchronized boolean isTold(String member, Set<String> alive) {
    return view(alive).equals(seen.get(member));
  }

  /** The same words for the same members. */
  static String view(Set<String> members) {
    return String.join(",", new TreeSet<>(members));
  }

  /** What {@code alive} may do, themselves included. */
  synchronized Verdict verdict(Set<String> alive, long nowNanos) {
    known.addAll(alive);
    leaving.removeIf(member -> !known.contains(member));
    known.removeIf(member -> !alive.contains(member) && leaving.contains(member));
    if (!alive.containsAll(before)) {
      unsure = true;
      unsureSinceNanos = nowNanos;
    }
    before = Set.copyOf(alive);
    Verdict verdict = verdict(alive.size(), known.size());
    if (known.size() == alive.size()) {
      missingSinceNanos = -1;
    } else if (verdict == Verdict.GO_ON) {
      settle(alive, nowNanos);
    }
    return verdict == Verdict.GO_ON && isUnsure(alive, nowNanos) ? Verdict.UNSURE : verdict;
  }

  private boolean isUnsure(Set<String> alive, long nowNanos) {
    if (unsure) {
      String view = view(alive);
      long agreeing = alive.stream().filter(member -> view.equals(seen.get(member))).count();
      unsure = 2 * agreeing <= known.size() && nowNanos - unsureSinceNanos <= settledAfterNanos;
    }
    if (!unsure && seen.size() > MAX_SEEN) {
      seen.keySet().retainAll(alive);
    }
    return unsure;
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
    unsure = false;
    missingSinceNanos = -1;
  }

  /** How many there were, in words. */
  synchronized String describe(Set<String> alive) {
    return "this node sees " + alive.size() + " of " + known.size() + " nodes";
  }
}
