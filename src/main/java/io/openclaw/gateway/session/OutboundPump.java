package io.openclaw.gateway.session;

import io.openclaw.gateway.subscription.FanOut;
import io.openclaw.gateway.subscription.FanOuts;
import io.openclaw.gateway.topic.PublicationListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves one shard of sessions. In a circle: carry out what other threads asked,
 * offer what is new in the logs, go on with catch-up, once in a while sweep, and write to every
 * session that has something waiting and no write in flight. When there is nothing of all that it
 * parks.
 *
 * <p>Batching is a consequence, not a delay: what is offered while a write is in flight leaves
 * together after it. Tasks are bounded by each session's own limit.
 */
final class OutboundPump implements Runnable, PublicationListener {
  private static final Logger LOGGER = System.getLogger(OutboundPump.class.getName());
  private static final long SWEEP_MILLIS = 250;
  private static final long TASKS_MICROS = 1_000;
  private static final int TASKS_BETWEEN_LOOKS = 16;
  private static final long ADVANCE_MICROS = 5_000;

  private final FanOuts fanOuts;
  private final LongSupplier clockMillis;
  private final Rights rights;
  private final long flushDelayMillis;
  private final Consumer<ClientSession> onForget;
  private final Runs runs = new Runs();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger load = new AtomicInteger();
  private volatile @Nullable Thread thread;
  private volatile boolean signalled;
  private volatile boolean stopping;

  // Confined to the pump's thread.
  private final Set<ClientSession> sessions = new HashSet<>();
  private final ArrayDeque<ClientSession> dirty = new ArrayDeque<>();
  private long dirtySinceMillis;
  private boolean hurried;
  private long sweptMillis;

  OutboundPump(
      FanOuts fanOuts,
      LongSupplier clockMillis,
      Rights rights,
      Duration flushDelay,
      Consumer<ClientSession> onForget) {
    this.fanOuts = fanOuts;
    this.clockMillis = clockMillis;
    this.rights = rights;
    this.flushDelayMillis = flushDelay.toMillis();
    this.onForget = onForget;
  }

  // Any thread.

  /** Has the pump do something soon, in the order of the calls. */
  void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  @Override
  public void appended() {
    wake();
  }

  private void wake() {
    if (!signalled) {
      signalled = true;
      LockSupport.unpark(thread);
    }
  }

  /** How many sessions it serves. */
  int load() {
    return load.get();
  }

  void add(ClientSession session) {
    load.incrementAndGet();
    execute(() -> sessions.add(session));
  }

  long now() {
    return clockMillis.getAsLong();
  }

  Rights rights() {
    return rights;
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Ends the thread as soon as no session is left. */
  void stop() {
    stopping = true;
    wake();
  }

  // The pump's thread.

  FanOuts fanOuts() {
    return fanOuts;
  }

  Runs runs() {
    return runs;
  }

  void dirty(ClientSession session) {
    if (flushDelayMillis > 0 && dirty.isEmpty()) {
      dirtySinceMillis = now();
    }
    dirty.add(session);
  }

  /** Has what waits sent without a delay: a queue fills up. */
  void hurry() {
    hurried = true;
  }

  void forget(ClientSession session) {
    if (sessions.remove(session)) {
      load.decrementAndGet();
      onForget.accept(session);
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!(stopping && sessions.isEmpty() && tasks.isEmpty())
        && !Thread.currentThread().isInterrupted()) {
      signalled = false;
      boolean worked = workGuarded();
      if (!worked && !signalled) {
        runs.clear();
        LockSupport.parkNanos(this, nanosToPark());
      }
    }
  }

  private long nanosToPark() {
    long millis = dirty.isEmpty() ? SWEEP_MILLIS : millisToFlush();
    long micros =
        Math.min(fanOuts.nextDueMicros() - nowMicros(), TimeUnit.MILLISECONDS.toMicros(millis));
    return TimeUnit.MICROSECONDS.toNanos(Math.max(1, micros));
  }

  private static long nowMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
  }

  private boolean workGuarded() {
    try {
      return work();
    } catch (RuntimeException e) {
      failed(e);
      return true;
    }
  }

  /** One turn of the circle; whether there was anything to do. */
  boolean work() {
    boolean worked = runTasks();
    worked |= advance();
    worked |= fanOuts.catchUp();
    sweepIfDue();
    worked |= flush();
    return worked;
  }

  /**
   * Offers what is new. While the log is ahead by whole batches it goes on for a while before
   * anything is written, so that sessions get more in each frame: how a pump that has fallen behind
   * catches up. A queue that fills up ends it.
   */
  private boolean advance() {
    long began = nowMicros();
    long now = began;
    int offered = fanOuts.advance(now);
    boolean any = offered > 0;
    while (offered == FanOut.BATCH && !hurried && now - began < ADVANCE_MICROS) {
      now = nowMicros();
      offered = fanOuts.advance(now);
    }
    return any;
  }

  /**
   * For a moment, so that thousands of commands of one session do not hold up the publications of
   * all others. Whether there was anything to do.
   */
  private boolean runTasks() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    long began = nowMicros();
    for (int done = 1; task != null; done++) {
      run(task);
      boolean look = done % TASKS_BETWEEN_LOOKS == 0;
      task = look && nowMicros() - began > TASKS_MICROS ? null : tasks.poll();
    }
    return true;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private boolean flush() {
    if (millisToFlush() > 0) {
      return false;
    }
    hurried = false;
    boolean any = !dirty.isEmpty();
    for (int i = dirty.size(); i > 0; i--) {
      flush(dirty.remove());
    }
    return any;
  }

  /** How long what is to be sent may still wait. */
  private long millisToFlush() {
    if (flushDelayMillis == 0 || hurried || dirty.isEmpty()) {
      return 0;
    }
    long waited = now() - dirtySinceMillis;
    return waited < 0 ? 0 : flushDelayMillis - waited;
  }

  private static void flush(ClientSession session) {
    try {
      session.flush();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void sweepIfDue() {
    long now = now();
    if (now - sweptMillis < SWEEP_MILLIS && now >= sweptMillis) {
      return;
    }
    sweptMillis = now;
    for (ClientSession session : sessions.toArray(ClientSession[]::new)) {
      session.sweep(now);
    }
  }

  /** A fault of ours with one session must not end the service of all others. */
  private static void failed(RuntimeException e) {
    LOGGER.log(Level.ERROR, "a step of the pump failed", e);
  }
}
