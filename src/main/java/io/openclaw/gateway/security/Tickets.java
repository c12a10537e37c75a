package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One-time tickets: whoever has shown a token gets one, and whoever shows the ticket once, soon and
 * to this node, comes in as the same. For pages that should not hold tokens. Only hashes are kept.
 *
 * <ol>
 *   <li>A ticket is good for {@code ttl}, and never longer than what it was given for.
 *   <li>It is taken back the moment somebody shows it, whatever becomes of that: of two who show it
 *       at once, one comes in.
 *   <li>It brings in nobody whose issuer or API key is gone.
 *   <li>There are {@code maxCount} at most, and {@code maxPerUser} of one user.
 * </ol>
 *
 * <em>Thread-safe.</em>
 */
public final class Tickets {
  private static final Refused NO_GOOD =
      new Refused("the ticket is not good: unknown, used, or too old", false);

  private final TicketSettings settings;
  private final Clock clock;
  private final Supplier<String> random;
  private final Predicate<Identity> isBelieved;

  // Guarded by this: oldest first. One whose owner's token ends sooner may stay a little longer.
  private final Map<String, Held> byHash = new LinkedHashMap<>();
  private final Map<Owner, Integer> counts = new LinkedHashMap<>();

  /**
   * @param random makes texts of 256 random bits without {@code /}, {@code +}, {@code =} and commas
   * @param isBelieved asked again about the owner of a ticket when it is shown
   */
  public Tickets(
      TicketSettings settings,
      Clock clock,
      Supplier<String> random,
      Predicate<Identity> isBelieved) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.isBelieved = isBelieved;
  }

  /**
   * A new ticket; it must not be logged.
   *
   * @param expires when it is good no more
   */
  public record Ticket(String text, Instant expires) {
    /** Without the ticket. */
    @Override
    public String toString() {
      return "Ticket[…]";
    }
  }

  private record Held(Identity identity, Instant expires) {}

  private record Owner(String issuer, String user) {
    static Owner of(Identity identity) {
      return new Owner(identity.issuer(), identity.user());
    }
  }

  /** A ticket for {@code identity}; empty if there are too many already. */
  public Optional<Ticket> issue(Identity identity) {
    Ticket ticket = new Ticket(random.get(), endFor(identity));
    return keep(ApiKey.sha256(ticket.text()), new Held(identity, ticket.expires()))
        ? Optional.of(ticket)
        : Optional.empty();
  }

  private Instant endFor(Identity identity) {
    Instant end = clock.instant().plus(settings.ttl());
    Instant own = identity.acceptedUntil();
    return own != null && own.isBefore(end) ? own : end;
  }

  private synchronized boolean keep(String hash, Held held) {
    forgetOld();
    Owner owner = Owner.of(held.identity());
    int own = counts.getOrDefault(owner, 0);
    if (byHash.size() >= settings.maxCount() || own >= settings.maxPerUser()) {
      return false;
    }
    byHash.put(hash, held);
    counts.put(owner, own + 1);
    return true;
  }

  private void forgetOld() {
    Instant now = clock.instant();
    Iterator<Held> oldest = byHash.values().iterator();
    while (oldest.hasNext()) {
      Held held = oldest.next();
      if (held.expires().isAfter(now)) {
        return;
      }
      oldest.remove();
      discount(held);
    }
  }

  private void discount(Held held) {
    counts.computeIfPresent(
        Owner.of(held.identity()), (owner, count) -> count == 1 ? null : count - 1);
  }

  /** Who it was given to, once; a refusal in all other cases. */
  public AuthenticationResult redeem(String ticket) {
    Held held = take(ApiKey.sha256(ticket));
    return held == null || !isGood(held) ? NO_GOOD : new Authenticated(held.identity());
  }

  private synchronized @Nullable Held take(String hash) {
    Held held = byHash.remove(hash);
    if (held != null) {
      discount(held);
    }
    return held;
  }

  private boolean isGood(Held held) {
    return held.expires().isAfter(clock.instant()) && isBelieved.test(held.identity());
  }
}
