package io.openclaw.gateway.source;

import io.openclaw.gateway.source.Feed.Progress;
import io.openclaw.gateway.source.SourceState.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A source that is one thread with one connection at a time: opens a feed, takes batch after batch,
 * and after a failure closes it and opens another one, with growing pauses. Thread-safe; the feed
 * is confined to the thread of the loop.
 */
public final class SourceLoop implements Source, Runnable {
  private static final Logger LOG = System.getLogger(SourceLoop.class.getName());
  private static final Duration PAUSED_INTERVAL = Duration.ofMillis(250);
  private static final Duration STANDBY_INTERVAL = Duration.ofSeconds(2);
  private static final long LAG_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final Feed.Opener opener;
  private final SourceCounters counters;
  private final Parts parts;
  private final Pause end = new Pause();
  private final StallGuard guard;
  private volatile SourceState state;
  private volatile boolean paused;
  private volatile @Nullable Lag lag;
  private @Nullable Thread thread;
  private long lagAskedNanos = System.nanoTime() - LAG_INTERVAL_NANOS;

  /**
   * What it needs of the gateway.
   *
   * @param threads makes its thread
   * @param backoff its pauses; its alone
   * @param stallLimit how long one step may take before the source counts as down
   * @param turn says whether this node reads
   */
  public record Parts(ThreadFactory threads, Backoff backoff, Duration stallLimit, Turn turn) {
    /** It is always this node's turn. */
    public Parts(ThreadFactory threads, Backoff backoff, Duration stallLimit) {
      this(threads, backoff, stallLimit, Turn.ALWAYS);
    }
  }

  /**
   * @param counters what the feeds count in
   */
  public SourceLoop(
      SourceSettings settings, Feed.Opener opener, SourceCounters counters, Parts parts) {
    this.name = settings.name();
    this.opener = parts.turn().around(opener);
    this.counters = counters;
    this.parts = parts;
    this.guard = new StallGuard(parts.stallLimit());
    this.paused = settings.options().paused();
    this.state = SourceState.of(name, Status.STARTING);
  }

  @Override
  public SourceState state() {
    return guard.judge(state);
  }

  @Override
  public SourceCounters.Counts counts() {
    return counters.counts();
  }

  @Override
  public Optional<Lag> lag() {
    return Optional.ofNullable(lag);
  }

  @Override
  public synchronized void start() {
    thread = parts.threads().newThread(this);
    thread.start();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public synchronized void stop(Duration patience) {
    end.end();
    if (thread != null) {
      join(thread, patience);
    }
  }

  private static void join(Thread thread, Duration patience) {
    try {
      thread.join(Math.max(1, patience.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  @Override
  public void run() {
    while (!end.isOver()) {
      try (Feed feed = open()) {
        serve(feed);
      } catch (Exception e) { // whatever fails here, the source must go on
        failed(e);
      }
    }
    lag = null;
    state(SourceState.of(name, Status.STOPPED));
  }

  private Feed open() throws Exception {
    guard.begin();
    try {
      return opener.open();
    } finally {
      guard.end();
    }
  }

  private void serve(Feed feed) throws Exception {
    while (!end.isOver()) {
      guard.begin();
      try {
        step(feed);
        askForLag(feed);
      } finally {
        guard.end();
      }
      if (state.status() == Status.PAUSED) {
        end.await(PAUSED_INTERVAL);
      } else if (state.status() == Status.STANDBY) {
        end.await(STANDBY_INTERVAL);
      }
    }
  }

  private void step(Feed feed) throws Exception {
    if (paused) {
      feed.keepAlive();
      works(Status.PAUSED, "");
    } else {
      works(status(feed.take()), feed.remark());
    }
  }

  private static Status status(Progress progress) {
    return switch (progress) {
      case BUSY, IDLE -> Status.UP;
      case STANDBY -> Status.STANDBY;
      case AWAY -> Status.DOWN;
    };
  }

  private void askForLag(Feed feed) throws Exception {
    long now = System.nanoTime();
    if (now - lagAskedNanos >= LAG_INTERVAL_NANOS) {
      lagAskedNanos = now;
      lag = state.status() == Status.STANDBY ? null : feed.lag().orElse(null);
    }
  }

  private void works(Status status, String remark) {
    parts.backoff().reset();
    if (state.status() != status || !state.reason().equals(remark)) {
      state(new SourceState(name, status, remark));
    }
  }

  private void failed(Exception e) {
    if (end.isOver()) {
      return;
    }
    if (parts.backoff().failures() == 0) {
      LOG.log(Level.DEBUG, name + ": failed, trying again", e);
    }
    state(SourceState.down(name, reason(e)));
    end.await(parts.backoff().next());
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  private void state(SourceState now) {
    SourceState before = state;
    state = now;
    if (before.status() != now.status()) {
      Level level = now.status() == Status.DOWN ? Level.WARNING : Level.INFO;
      LOG.log(level, "{0}: {1} {2}", name, now.status(), now.reason());
    }
  }
}
