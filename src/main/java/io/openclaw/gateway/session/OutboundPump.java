package io.openclaw.gateway.session;

import io.openclaw.gateway.subscription.FanOut;
import io.openclaw.gateway.topic.PublicationListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves one shard of sessions. In a circle: carry out what other threads asked,
 * offer what is new in the log, go on with catch-up, once in a while sweep, and write to every
 * session that has something waiting and no write in flight. When there is nothing of all that it
 * parks.
 *
 * <p>Batching is a consequence, not a delay: what is offered while a write is in flight leaves
 * together after it. Tasks are bounded by each session's own limit.
 */
final class OutboundPump implements Runnable, PublicationListener {
  private static final Logger LOGGER = System.getLogger(OutboundPump.class.getName());
  private static final long SWEEP_MILLIS = 250;
  private static final int TASKS_AT_A_TIME = 4096;

  private final FanOut fanOut;
  private final LongSupplier clockMillis;
  private final BooleanSupplier servesAnyone;
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
  private long sweptMillis;

  OutboundPump(
      FanOut fanOut,
      LongSupplier clockMillis,
      BooleanSupplier servesAnyone,
      Consumer<ClientSession> onForget) {
    this.fanOut = fanOut;
    this.clockMillis = clockMillis;
    this.servesAnyone = servesAnyone;
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

  boolean servesAnyone() {
    return servesAnyone.getAsBoolean();
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

  FanOut fanOut() {
    return fanOut;
  }

  Runs runs() {
    return runs;
  }

  void dirty(ClientSession session) {
    dirty.add(session);
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
      boolean worked = guarded(this::work);
      if (!worked && !signalled) {
        runs.clear();
        LockSupport.parkNanos(this, nanosToPark());
      }
    }
  }

  private long nanosToPark() {
    long micros =
        Math.min(
            fanOut.nextDueMicros() - nowMicros(), TimeUnit.MILLISECONDS.toMicros(SWEEP_MILLIS));
    return TimeUnit.MICROSECONDS.toNanos(Math.max(1, micros));
  }

  private static long nowMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
  }

  /** One turn of the circle; whether there was anything to do. */
  boolean work() {
    boolean worked = runTasks();
    worked |= fanOut.advance(nowMicros());
    worked |= fanOut.catchUp();
    sweepIfDue();
    worked |= flush();
    return worked;
  }

  private boolean runTasks() {
    Runnable task = tasks.poll();
    if (task == null) {
      return false;
    }
    for (int i = 0; task != null; task = ++i < TASKS_AT_A_TIME ? tasks.poll() : null) {
      Runnable each = task;
      guarded(
          () -> {
            each.run();
            return true;
          });
    }
    return true;
  }

  private boolean flush() {
    boolean any = !dirty.isEmpty();
    for (int i = dirty.size(); i > 0; i--) {
      ClientSession session = dirty.remove();
      guarded(
          () -> {
            session.flush();
            return true;
          });
    }
    return any;
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
  private static boolean guarded(BooleanSupplier step) {
    try {
      return step.getAsBoolean();
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a step of the pump failed", e);
      return true;
    }
  }
}
