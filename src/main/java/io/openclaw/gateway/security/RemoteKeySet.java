package io.openclaw.gateway.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer that are fetched from it, in the threads of those who need them:
 *
 * <ol>
 *   <li>Keys that are younger than {@code maxAge} are used as they are.
 *   <li>Older ones are fetched again by the first who asks. Nobody else waits for that: the old
 *       ones go on counting for ten times {@code maxAge}, which is how an outage is got over.
 *   <li>If there are none, or none that fits the token, they are fetched again, and those who need
 *       them wait for it: {@value #MAX_WAITING} at most, so that a slow issuer does not hold up the
 *       threads that others need; whoever comes then is told to try again.
 *   <li>From the beginning of one fetch to that of the next at least {@code minInterval} passes,
 *       whoever asks and however the last one ended.
 *   <li>A token whose key is not there is refused for good after a fetch that worked, and for now
 *       after one that failed.
 * </ol>
 *
 * <em>Thread-safe.</em>
 */
final class RemoteKeySet implements JWKSource<SecurityContext> {
  private static final Logger LOG = System.getLogger(RemoteKeySet.class.getName());
  private static final int MAX_WAITING = 8;

  private final KeyDocument document;
  private final FetchBounds bounds;
  private final Clock clock;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile @Nullable Fetched fetched;
  private volatile @Nullable Instant tried;
  private volatile boolean failed;

  RemoteKeySet(KeyDocument document, FetchBounds bounds, Clock clock) {
    this.document = document;
    this.bounds = bounds;
    this.clock = clock;
  }

  private record Fetched(JWKSet keys, Instant at) {}

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    refreshIfOld();
    List<JWK> keys = select(selector);
    if (keys.isEmpty() && fetchOrWait()) {
      keys = select(selector);
    }
    if (keys.isEmpty() && failed) {
      throw new KeySourceException("the keys could not be fetched");
    }
    return keys;
  }

  private List<JWK> select(JWKSelector selector) {
    Fetched known = fetched;
    return known == null || isOlderThan(bounds.maxOutage(), known)
        ? List.of()
        : selector.select(known.keys());
  }

  private boolean isOlderThan(Duration age, Fetched keys) {
    return keys.at().plus(age).isBefore(clock.instant());
  }

  /** A clock that was set back does not count as an interval that has yet to pass. */
  private boolean isDue() {
    Instant last = tried;
    Instant now = clock.instant();
    return last == null || last.isAfter(now) || !last.plus(bounds.minInterval()).isAfter(now);
  }

  private void refreshIfOld() {
    Fetched known = fetched;
    int before = ended.get();
    if (known != null && isOlderThan(bounds.maxAge(), known) && isDue() && fetching.tryLock()) {
      fetchHavingLocked(before);
    }
  }

  /** Whether there may be something new. */
  private boolean fetchOrWait() throws KeySourceException {
    int before = ended.get();
    if (!isDue() && !fetching.isLocked()) {
      return false;
    }
    if (!waiting.tryAcquire()) {
      throw new KeySourceException("too many wait for the keys");
    }
    try {
      lock();
      fetchHavingLocked(before);
      return true;
    } finally {
      waiting.release();
    }
  }

  private void lock() throws KeySourceException {
    try {
      if (!fetching.tryLock(3 * bounds.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KeySourceException("the keys are still being fetched");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeySourceException("interrupted", e);
    }
  }

  /** Unless another fetch has ended since {@code before}, or it is not time yet. */
  private void fetchHavingLocked(int before) {
    try {
      if (ended.get() == before && isDue()) {
        fetch();
      }
    } finally {
      fetching.unlock();
    }
  }

  private void fetch() {
    tried = clock.instant();
    try {
      JWKSet keys = document.fetch();
      fetched = new Fetched(keys, clock.instant());
      failed = false;
    } catch (IOException e) {
      failed = true;
      LOG.log(
          Level.WARNING, "the keys at {0} cannot be had: {1}", document.place(), e.getMessage());
    }
    ended.incrementAndGet();
  }
}
