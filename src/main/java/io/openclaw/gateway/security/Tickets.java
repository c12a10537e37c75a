package io.openclaw.gateway.security;

import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.cluster.SharedMap;
import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One-time tickets: whoever has shown a token gets one, and whoever shows the ticket once, soon, to
 * whatever node, comes in as the same. For pages that should not hold tokens. Only hashes are kept.
 *
 * <ol>
 *   <li>A ticket is good for {@code ttl}, and never longer than what it was given for.
 *   <li>It is taken back the moment somebody shows it, whatever becomes of that: of two who show it
 *       at once, and be it to two nodes, one comes in.
 *   <li>It brings in nobody whose issuer or API key is gone.
 *   <li>There are {@code maxCount} at most, and {@code maxPerUser} of one user, that one node gave
 *       out.
 * </ol>
 *
 * Where there are several nodes, it waits for them as {@link SharedMap} says. <em>Thread-safe.</em>
 */
public final class Tickets {
  private static final Refused NO_GOOD =
      new Refused("the ticket is not good: unknown, used, or too old", false);

  private static final Refused UNKNOWN =
      new Refused("tickets cannot be looked at now: try again", true);

  private final TicketSettings settings;
  private final Clock clock;
  private final Supplier<String> random;
  private final Predicate<Identity> isBelieved;
  private final @Nullable SharedMap shared;

  // Guarded by this: oldest first. One whose owner's token ends sooner may stay a little longer.
  private final Map<String, Held> byHash = new LinkedHashMap<>();
  private final Map<Owner, Integer> counts = new LinkedHashMap<>();

  /**
   * @param random makes texts of 256 random bits without {@code /}, {@code +}, {@code =} and commas
   * @param isBelieved asked again about the owner of a ticket when it is shown
   * @param shared those of all nodes, or null if there is only this one
   */
  public Tickets(
      TicketSettings settings,
      Clock clock,
      Supplier<String> random,
      Predicate<Identity> isBelieved,
      @Nullable SharedMap shared) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.isBelieved = isBelieved;
    this.shared = shared;
    if (shared != null) {
      shared.listen((hash, value) -> forget(hash, value == null));
    }
  }

  /** One that was shown to another node counts no more. */
  private void forget(String hash, boolean used) {
    if (used) {
      Held unused = take(hash);
    }
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
    String hash = ApiKey.sha256(ticket.text());
    if (!keep(hash, new Held(identity, ticket.expires()))) {
      return Optional.empty();
    }
    if (shared != null) {
      shared.put(hash, encoded(identity, ticket.expires()), settings.ttl());
    }
    return Optional.of(ticket);
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

  /**
   * Who it was given to, once; a refusal in all other cases. Where the other nodes cannot be asked
   * now, it may be shown again.
   */
  public AuthenticationResult redeem(String ticket) {
    String hash = ApiKey.sha256(ticket);
    Held held;
    try {
      held = shared == null ? take(hash) : takeShared(shared, hash);
    } catch (ClusterException e) {
      return UNKNOWN;
    }
    return held == null || !isGood(held) ? NO_GOOD : new Authenticated(held.identity());
  }

  private static @Nullable Held takeShared(SharedMap shared, String hash) {
    byte[] taken = shared.remove(hash).orElse(null);
    return taken == null ? null : decoded(taken);
  }

  /** The end in ms since the Unix epoch, in 8 bytes, and then who it is for. */
  private static byte[] encoded(Identity identity, Instant expires) {
    byte[] who = IdentityJson.encoded(identity);
    return ByteBuffer.allocate(Long.BYTES + who.length)
        .putLong(expires.toEpochMilli())
        .put(who)
        .array();
  }

  private static Held decoded(byte[] bytes) {
    Instant expires = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
    byte[] who = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
    return new Held(IdentityJson.decoded(who), expires);
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
