package io.openclaw.gateway.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings events in at a rate, on a thread of its own. What could not be brought in is tried again
 * with the same event ids until it is, so that nothing is in doubt when it has ended; meanwhile no
 * new events are made. <i>Thread-safe.</i>
 */
abstract class Publisher implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

  private final Ledger ledger;
  private final double perNano;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long failures;
  private volatile String trouble = "";

  Publisher(String name, Ledger ledger, int perSecond) {
    this.ledger = ledger;
    this.perNano = perSecond / 1e9;
    this.thread = new Thread(this::run, name);
  }

  final void start() {
    thread.start();
  }

  /** Brings all of them in, or none, or nobody knows. */
  abstract List<Sending> send(List<Event> events, long firstNanos) throws Exception;

  /** Lets go of whatever connection there was, after a failure and at the end. */
  abstract void disconnect();

  /** How often something could not be brought in at once. */
  final long failures() {
    return failures;
  }

  /** Why it has given up; empty if it has not. */
  final String trouble() {
    return trouble;
  }

  /** Makes no new events, and waits until the last ones are in. */
  @Override
  public final void close() throws InterruptedException {
    stopping = true;
    thread.join();
    disconnect();
  }

  private void run() {
    long last = System.nanoTime();
    double due = 0;
    while (!stopping && trouble.isEmpty()) {
      long now = System.nanoTime();
      due += (now - last) * perNano;
      last = now;
      List<Event> events = new ArrayList<>();
      for (; due >= 1; due--) {
        events.add(ledger.next());
      }
      if (!events.isEmpty()) {
        bringIn(events, now);
        last = Math.max(last, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      }
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the one thread only
  private void bringIn(List<Event> events, long firstNanos) {
    while (true) {
      try {
        send(events, firstNanos).forEach(ledger::sent);
        return;
      } catch (Exception e) {
        failures++;
        disconnect();
        if (System.nanoTime() - firstNanos > PATIENCE_NANOS) {
          trouble = thread.getName() + " could not bring in " + events + ": " + e;
          return;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }
}
