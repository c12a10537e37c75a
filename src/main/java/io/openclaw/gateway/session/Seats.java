package io.openclaw.gateway.session;

import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.IpAddress;
import io.openclaw.gateway.security.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each user and each address has: on this node, and on others as they told last.
 * Who has not signed in is counted by address alone. Thread-safe; as large as there are sessions.
 */
final class Seats {
  /** Whoever has an eighth of their part of the bound. */
  private static final int WORTH_TELLING = 8;

  private final CurrentLimits limits;
  private final Map<String, Count> users = new ConcurrentHashMap<>();
  private final Map<String, Count> addresses = new ConcurrentHashMap<>();
  private volatile SeatCounts elsewhere = SeatCounts.NONE;

  Seats(CurrentLimits limits) {
    this.limits = limits;
  }

  /**
   * Seats that are taken, and how many may be: of several who share an address, by the least bound.
   */
  private record Count(int taken, int bound) {
    Count more(int other) {
      int least = bound == 0 || other == 0 ? Math.max(bound, other) : Math.min(bound, other);
      return new Count(taken + 1, least);
    }
  }

  /** Those of other nodes are these now. */
  void elsewhere(SeatCounts counts) {
    elsewhere = counts;
  }

  /**
   * Who has so many seats that other nodes should know.
   *
   * @param nodes how many there are, this one included
   * @param max of each at most
   */
  SeatCounts toTell(int nodes, int max) {
    return new SeatCounts(toTell(users, nodes, max), toTell(addresses, nodes, max));
  }

  private static Map<String, Integer> toTell(Map<String, Count> counts, int nodes, int max) {
    Map<String, Integer> told = new HashMap<>();
    for (Map.Entry<String, Count> each : counts.entrySet()) {
      Count count = each.getValue();
      boolean isMuch = (long) count.taken() * WORTH_TELLING * nodes > count.bound();
      if (count.bound() > 0 && isMuch && told.size() < max) {
        told.put(each.getKey(), count.taken());
      }
    }
    return told;
  }

  private int ofUser(String user) {
    return taken(users.get(user)) + elsewhere.users().getOrDefault(user, 0);
  }

  private int ofAddress(String address) {
    return taken(addresses.get(address)) + elsewhere.addresses().getOrDefault(address, 0);
  }

  private static int taken(@Nullable Count count) {
    return count == null ? 0 : count.taken();
  }

  /** Why {@code who} gets no further session, in words for the client; empty if there is room. */
  Optional<String> objection(Authenticated who) {
    Limits bounds = limits.of(who.identity());
    if (isFull(ofUser(who.identity().countingKey()), bounds.sessionsPerUser())) {
      return Optional.of("a user has at most " + bounds.sessionsPerUser() + " sessions");
    }
    if (isFull(ofAddress(IpAddress.countingKey(who.address())), bounds.sessionsPerAddress())) {
      return Optional.of("an address has at most " + bounds.sessionsPerAddress() + " sessions");
    }
    return Optional.empty();
  }

  private static boolean isFull(int taken, int bound) {
    return bound > 0 && taken >= bound;
  }

  /** The seat of a new session, counted from now on. */
  Seat take(Caller caller) {
    return new Seat(IpAddress.countingKey(caller.address()), caller.identity());
  }

  /** One session's place among those of its user and its address. <em>Thread-safe.</em> */
  final class Seat {
    private final String address;

    // Guarded by this.
    private String user;
    private Limits bounds;
    private boolean left;

    private Seat(String address, Identity identity) {
      this.address = address;
      this.user = identity.countingKey();
      this.bounds = limits.of(identity);
      enter(addresses, address, bounds.sessionsPerAddress());
      enter();
    }

    /** It is somebody else's now. */
    synchronized void passTo(Identity identity) {
      if (!left) {
        leave(users, user);
        user = identity.countingKey();
        bounds = limits.of(identity);
        enter();
      }
    }

    /** Whether there are more than may be, with this one. */
    synchronized boolean isTooMuch() {
      return isOver(ofUser(user), bounds.sessionsPerUser())
          || isOver(ofAddress(address), bounds.sessionsPerAddress());
    }

    /** The session is over; call it as often as you like. */
    synchronized void leave() {
      if (!left) {
        left = true;
        leave(users, user);
        leave(addresses, address);
      }
    }

    private void enter() {
      if (!user.isEmpty()) {
        enter(users, user, bounds.sessionsPerUser());
      }
    }

    private static void enter(Map<String, Count> counts, String key, int bound) {
      counts.compute(key, (k, count) -> count == null ? new Count(1, bound) : count.more(bound));
    }

    private static void leave(Map<String, Count> counts, String key) {
      counts.computeIfPresent(
          key,
          (k, count) -> count.taken() == 1 ? null : new Count(count.taken() - 1, count.bound()));
    }

    private static boolean isOver(int taken, int bound) {
      return bound > 0 && taken > bound;
    }
  }
}
