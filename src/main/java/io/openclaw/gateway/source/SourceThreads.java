package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** The threads that sources run in, one each. Thread-safe. */
public final class SourceThreads {
  private final ThreadFactory factory;
  private final List<Thread> running = new ArrayList<>();

  /**
   * @param factory of the container, so that sources may use what it manages
   */
  public SourceThreads(ThreadFactory factory) {
    this.factory = factory;
  }

  /** Runs {@code source} in a new thread. */
  public synchronized void start(Runnable source) {
    Thread thread = factory.newThread(source);
    running.add(thread);
    thread.start();
  }

  /**
   * Waits until sources that were told to stop have ended; interrupts them after {@code patience}.
   */
  public synchronized void join(Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    for (Thread thread : running) {
      join(thread, deadlineNanos);
    }
    running.clear();
  }

  private static void join(Thread thread, long deadlineNanos) {
    try {
      thread.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }
}
