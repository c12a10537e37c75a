package io.openclaw.gateway.presence;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Roll.Change;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.Publication;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The thread that has the log say who is on which topic:
 *
 * <ol>
 *   <li>what is marked in the {@link Roll} is appended in batches, one after the other;
 *   <li>a batch that fails is marked again; the next one waits, longer each time, at most {@link
 *       #LONGEST_WAIT};
 *   <li>when nodes come or go and when the log begins another life, the log is reviewed, at once
 *       and again after a while, as late appends of a node that died may still come: see {@link
 *       Review}.
 * </ol>
 *
 * Thread-safe; what is not said to be is confined to its thread.
 */
public final class PresenceWriter implements Runnable {
  static final int BATCH = 500;
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(PresenceWriter.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final List<Duration> REVIEWS =
      List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final Presence presence;
  private final Roll roll;
  private final Spaces spaces;
  private final Cluster cluster;
  private volatile boolean signalled;
  private volatile boolean nodesChanged = true;
  private volatile boolean ending;
  private volatile @Nullable Thread thread;

  // Confined to the thread.
  private final Deque<Long> reviews = new ArrayDeque<>();
  private List<String> epochs = List.of();
  private int failures;
  private long retryMillis;

  public PresenceWriter(Presence presence, Cluster cluster) {
    this.presence = presence;
    this.roll = presence.roll();
    this.spaces = presence.spaces();
    this.cluster = cluster;
    presence.onChange(this::wake);
    cluster.onChange(nodes -> nodesChanged());
  }

  /** Starts the thread. */
  public void start(ThreadFactory threads) {
    Thread made = threads.newThread(this);
    thread = made;
    made.start();
  }

  private void nodesChanged() {
    nodesChanged = true;
    wake();
  }

  private void wake() {
    if (!signalled) {
      signalled = true;
      LockSupport.unpark(thread);
    }
  }

  /** Has those who are gone leave without any grace, and waits until that is written. */
  public void stop(Duration patience) {
    ending = true;
    wake();
    Thread running = thread;
    if (running != null) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(running, patience.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      running.interrupt();
    }
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      signalled = false;
      boolean last = ending;
      Duration wait = stepGuarded();
      if (last && failures == 0) {
        return;
      }
      if (!signalled) {
        LockSupport.parkNanos(this, Math.max(1, wait.toNanos()));
      }
    }
  }

  private Duration stepGuarded() {
    try {
      return step();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a step of presence failed", e);
      return IDLE;
    }
  }

  /** Does what is due; how long it is to the next thing that time alone brings. */
  public Duration step() {
    long now = presence.now();
    Duration wait = roll.expire(ending ? Long.MAX_VALUE : now, IDLE);
    reviewIfDue(now);
    if (now >= retryMillis || ending) {
      write(now);
    }
    return failures == 0 ? wait : shorter(wait, Duration.ofMillis(retryMillis - now));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void write(long nowMillis) {
    List<Change> changes = roll.take(BATCH);
    while (!changes.isEmpty()) {
      if (!append(changes)) {
        roll.failed(changes);
        failures++;
        long wait = FIRST_WAIT.toMillis() << Math.min(failures, 10);
        retryMillis = nowMillis + Math.min(wait, LONGEST_WAIT.toMillis());
        return;
      }
      roll.wrote(changes);
      failures = 0;
      changes = roll.take(BATCH);
    }
  }

  private boolean append(List<Change> changes) {
    List<Draft> drafts = changes.stream().map(this::draft).toList();
    try {
      spaces.append(drafts).get(APPEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      Level level = failures == 0 ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "presence could not be written, it is tried again: {0}", String.valueOf(e));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Draft draft(Change change) {
    Payload payload =
        change.member() == null ? Payload.NONE : presence.value(change.place(), change.member());
    return new Draft(
        PresenceTopic.of(change.place().topic()).orElseThrow(),
        change.place().session(),
        payload,
        change.member() == null,
        null,
        null,
        null);
  }

  private void reviewIfDue(long nowMillis) {
    List<String> current = spaces.all().stream().map(space -> space.log().epoch()).toList();
    if (nodesChanged || !current.equals(epochs)) {
      nodesChanged = false;
      epochs = current;
      reviews.clear();
      REVIEWS.forEach(after -> reviews.add(nowMillis + after.toMillis()));
    }
    if (!reviews.isEmpty() && reviews.element() <= nowMillis) {
      reviews.remove();
      review();
    }
  }

  private void review() {
    boolean oldest = cluster.isOldest();
    Review review =
        new Review(presence, cluster.nodes().stream().map(Node::name).collect(Collectors.toSet()));
    List<Publication> values = new ArrayList<>();
    for (Space space : spaces.all()) {
      values.addAll(space.log().snapshot(PresenceTopic.ALL).values());
    }
    roll.mark(review.wrong(values, oldest));
  }
}
