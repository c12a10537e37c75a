package io.openclaw.gateway.session;

import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.IpAddress;
import io.openclaw.gateway.security.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions each user and each address has on this node. Who has not signed in is counted
 * by address alone. Thread-safe; as large as there are sessions.
 */
final class Seats {
  private final CurrentLimits limits;
  private final Map<String, Integer> users = new ConcurrentHashMap<>();
  private final Map<String, Integer> addresses = new ConcurrentHashMap<>();

  Seats(CurrentLimits limits) {
    this.limits = limits;
  }

  /** Why {@code who} gets no further session, in words for the client; empty if there is room. */
  Optional<String> objection(Authenticated who) {
    Limits bounds = limits.of(who.identity());
    if (isFull(users.get(who.identity().countingKey()), bounds.sessionsPerUser())) {
      return Optional.of("a user has at most " + bounds.sessionsPerUser() + " sessions");
    }
    if (isFull(addresses.get(IpAddress.countingKey(who.address())), bounds.sessionsPerAddress())) {
      return Optional.of("an address has at most " + bounds.sessionsPerAddress() + " sessions");
    }
    return Optional.empty();
  }

  private static boolean isFull(@Nullable Integer taken, int bound) {
    return bound > 0 && taken != null && taken >= bound;
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
      addresses.merge(address, 1, Integer::sum);
      enter(user);
    }

    /** It is somebody else's now. */
    synchronized void passTo(Identity identity) {
      if (!left) {
        leave(users, user);
        user = identity.countingKey();
        bounds = limits.of(identity);
        enter(user);
      }
    }

    /** Whether there are more than may be, with this one. */
    synchronized boolean isTooMuch() {
      return isOver(users.get(user), bounds.sessionsPerUser())
          || isOver(addresses.get(address), bounds.sessionsPerAddress());
    }

    /** The session is over; call it as often as you like. */
    synchronized void leave() {
      if (!left) {
        left = true;
        leave(users, user);
        leave(addresses, address);
      }
    }

    private void enter(String key) {
      if (!key.isEmpty()) {
        users.merge(key, 1, Integer::sum);
      }
    }

    private static void leave(Map<String, Integer> counts, String key) {
      counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    private static boolean isOver(@Nullable Integer taken, int bound) {
      return bound > 0 && taken != null && taken > bound;
    }
  }
}
