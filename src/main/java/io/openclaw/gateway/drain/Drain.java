package io.openclaw.gateway.drain;

import io.openclaw.gateway.session.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes this node out of service, in this order, and takes that back if it is told to:
 *
 * <ol>
 *   <li>it is not ready any more ({@link State#ANNOUNCED}), but serves on, new connections too, for
 *       the delay of the settings;
 *   <li>its sources stop, then nobody new is let in ({@link State#LEAVING});
 *   <li>those who are there are told goodbye, evenly over the duration; what waits for them leaves
 *       before it;
 *   <li>when all are gone, or after {@link #CLOSE_PATIENCE} more, it is {@link State#DRAINED};
 *   <li>taken back, at any moment, its sources start again and it lets clients in. Those who were
 *       sent away stay where they are.
 * </ol>
 *
 * Thread-safe. What is asked for is carried out by one thread at a time.
 */
public final class Drain {
  /** How long closing the last connections may take. */
  public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(4);

  private static final Logger LOG = System.getLogger(Drain.class.getName());
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Where the node stands. */
  public enum State {
    /** In service. */
    SERVING,
    /** Not ready any more, but still in service. */
    ANNOUNCED,
    /** Its clients are being sent away. */
    LEAVING,
    /** It has no clients and takes none. */
    DRAINED
  }

  /** What brings events to this node. May block. */
  public interface Sources {
    /** Ends the batches under way and takes nothing more. */
    void stop();

    /** Goes on. */
    void start();
  }

  private final Sessions sessions;
  private final Sources sources;
  private final DrainSettings settings;
  private final Executor threads;
  private final LongSupplier clockMillis;
  private volatile State state = State.SERVING;
  private volatile boolean wanted;
  private volatile boolean ending;

  // Guarded by this.
  private long sinceMillis;
  private @Nullable Departures departures;

  /**
   * @param threads runs what {@link #begin} and {@link #takeBack} ask for
   * @param clockMillis ms since any moment, never backwards
   */
  public Drain(
      Sessions sessions,
      Sources sources,
      DrainSettings settings,
      Executor threads,
      LongSupplier clockMillis) {
    this.sessions = sessions;
    this.sources = sources;
    this.settings = settings;
    this.threads = threads;
    this.clockMillis = clockMillis;
  }

  /** Where it stands. */
  public State state() {
    return wanted && state == State.SERVING ? State.ANNOUNCED : state;
  }

  /** Begins; returns at once. Doing it again changes nothing. */
  public void begin() {
    if (!wanted) {
      wanted = true;
      threads.execute(this::run);
    }
  }

  /**
   * Back into service; returns at once.
   *
   * @return false if that is not possible any more: the process ends
   */
  public boolean takeBack() {
    if (ending) {
      return false;
    }
    if (wanted) {
      wanted = false;
      threads.execute(this::run);
    }
    return true;
  }

  /** Drains for good; returns when that is done, within a bounded time. */
  public void finish() {
    ending = true;
    wanted = true;
    run();
  }

  private void run() {
    while (!step() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, STEP_NANOS);
    }
  }

  /** Does what is due; whether there is nothing left to do. The lock keeps steps in order. */
  synchronized boolean step() {
    long now = clockMillis.getAsLong();
    if (!wanted) {
      serve();
      return true;
    }
    switch (state) {
      case SERVING -> enter(State.ANNOUNCED, now);
      case ANNOUNCED -> leaveIfDue(now);
      case LEAVING -> sendAway(now);
      case DRAINED -> {}
    }
    return state == State.DRAINED;
  }

  private void enter(State next, long nowMillis) {
    state = next;
    sinceMillis = nowMillis;
    LOG.log(Level.INFO, "Drain: {0}, {1} sessions", next, sessions.count());
  }

  private void leaveIfDue(long nowMillis) {
    if (nowMillis - sinceMillis >= settings.delay().toMillis()) {
      sources.stop();
      sessions.closeDoors();
      long now = clockMillis.getAsLong();
      departures = new Departures(sessions.all(), settings.duration(), now);
      enter(State.LEAVING, now);
    }
  }

  private void sendAway(long nowMillis) {
    if (departures != null && departures.advance(nowMillis)) {
      departures = null;
      sinceMillis = nowMillis;
    }
    boolean patient = nowMillis - sinceMillis < CLOSE_PATIENCE.toMillis();
    if (departures == null && (sessions.count() == 0 || !patient)) {
      enter(State.DRAINED, nowMillis);
    }
  }

  private void serve() {
    if (state != State.SERVING) {
      departures = null;
      boolean left = state != State.ANNOUNCED;
      enter(State.SERVING, clockMillis.getAsLong());
      if (left) {
        sessions.openDoors();
        sources.start();
      }
    }
  }
}
