package io.openclaw.gateway.forward;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ends what takes too long. One thread looks every few milliseconds at all that is under way, whose
 * number is bounded by whoever brings it. Thread-safe.
 */
public final class Deadlines implements Runnable {
  private static final long INTERVAL_NANOS = 20_000_000;

  private final LongSupplier nanos;
  private final Set<Due> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * @param nanos a clock like {@code System.nanoTime}
   */
  public Deadlines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static final class Due {
    final CompletableFuture<?> future;
    final long atNanos;
    final Supplier<? extends Throwable> failure;

    Due(CompletableFuture<?> future, long atNanos, Supplier<? extends Throwable> failure) {
      this.future = future;
      this.atNanos = atNanos;
      this.failure = failure;
    }
  }

  /**
   * The outcome of {@code work}, or {@code failure} after {@code limit}. The work itself goes on.
   */
  public <T> CompletableFuture<T> within(
      Duration limit, CompletableFuture<T> work, Supplier<? extends Throwable> failure) {
    if (work.isDone()) {
      return work;
    }
    CompletableFuture<T> bounded = work.copy();
    Due due = new Due(bounded, nanos.getAsLong() + limit.toNanos(), failure);
    underWay.add(due);
    return bounded.whenComplete((result, failed) -> underWay.remove(due));
  }

  /** Ends what is overdue. */
  void sweep() {
    long now = nanos.getAsLong();
    for (Due due : underWay) {
      if (now - due.atNanos >= 0) {
        due.future.completeExceptionally(due.failure.get());
      }
    }
  }

  /** How many are under way. */
  int count() {
    return underWay.size();
  }

  @Override
  public void run() {
    while (!stopped && !Thread.currentThread().isInterrupted()) {
      sweep();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  /** Lets the thread end. */
  public void stop() {
    stopped = true;
  }
}
