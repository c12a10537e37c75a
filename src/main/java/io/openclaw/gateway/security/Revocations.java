package io.openclaw.gateway.security;

import io.openclaw.gateway.security.Revocation.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was revoked, on this node or on another one that told it, and still counts. An identity is
 * revoked if its token is, or if its user or one of its roles is and its token was issued before
 * that: whoever gets a new token may come again. Bounded by {@link RevocationSettings#maxCount()}.
 * Thread-safe; asking neither blocks nor, while nothing is revoked, allocates.
 */
public final class Revocations {
  private final RevocationSettings settings;
  private final Clock clock;
  private final @Nullable RevocationFile file;
  private final Map<Revocation.Key, Revocation> byKey = new ConcurrentHashMap<>();
  private boolean unsaved;

  /**
   * Reads those that were kept.
   *
   * @throws IllegalArgumentException if the file is there and cannot be used
   */
  public Revocations(RevocationSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.file = settings.file() == null ? null : new RevocationFile(settings.file());
    if (file != null) {
      file.read().forEach(each -> byKey.put(each.key(), each));
    }
  }

  /**
   * Revokes from now on, and writes it to the file, if there is one; may block for that.
   *
   * @param issuer only of this issuer, or null: of any
   * @return empty if there are too many already: nothing was revoked
   * @throws IllegalArgumentException if {@code value} is blank
   * @throws java.io.UncheckedIOException if it could not be written; it counts all the same
   */
  public synchronized Optional<Revocation> revoke(
      Kind kind, String value, @Nullable String issuer) {
    Instant now = clock.instant();
    Revocation revocation = new Revocation(kind, value, issuer, now, now.plus(settings.keep()));
    byKey.values().removeIf(each -> !each.until().isAfter(now));
    if (byKey.size() >= settings.maxCount() && !byKey.containsKey(revocation.key())) {
      return Optional.empty();
    }
    byKey.put(revocation.key(), revocation);
    if (file != null) {
      // Under the lock, so that the last state is the last one written; administrators wait.
      file.write(byKey.values());
    }
    return Optional.of(revocation);
  }

  /**
   * Takes one that another node knows. It counts at once, and is kept when it is {@link #save
   * saved}: whoever brings it must not wait.
   *
   * @return whether it is news
   */
  public synchronized boolean accept(Revocation other) {
    Revocation known = byKey.get(other.key());
    boolean isNews =
        other.until().isAfter(clock.instant())
            && (known == null
                ? byKey.size() < settings.maxCount()
                : known.at().isBefore(other.at()));
    if (isNews) {
      byKey.put(other.key(), other);
      unsaved = true;
    }
    return isNews;
  }

  /**
   * Writes what was accepted to the file, if there is one; may block for that.
   *
   * @throws java.io.UncheckedIOException if it could not be written; it is tried again
   */
  public synchronized void save() {
    if (unsaved && file != null) {
      file.write(byKey.values());
    }
    unsaved = false;
  }

  /** Those that count, the oldest first. */
  public List<Revocation> all() {
    Instant now = clock.instant();
    return byKey.values().stream()
        .filter(each -> each.until().isAfter(now))
        .sorted(Comparator.comparing(Revocation::at))
        .toList();
  }

  /** Whether {@code identity} is revoked. */
  public boolean cover(Identity identity) {
    if (byKey.isEmpty() || identity.isAnonymous()) {
      return false;
    }
    return covers(Kind.TOKEN, identity.tokenId(), identity)
        || covers(Kind.USER, identity.user(), identity)
        || identity.roles().stream().anyMatch(role -> covers(Kind.ROLE, role, identity));
  }

  private boolean covers(Kind kind, @Nullable String value, Identity identity) {
    return value != null
        && (covers(new Revocation.Key(kind, value, null), identity)
            || covers(new Revocation.Key(kind, value, identity.issuer()), identity));
  }

  private boolean covers(Revocation.Key key, Identity identity) {
    Revocation revocation = byKey.get(key);
    return revocation != null && revocation.covers(identity, clock.instant());
  }
}
