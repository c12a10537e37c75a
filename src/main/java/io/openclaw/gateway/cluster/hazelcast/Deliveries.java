package io.openclaw.gateway.cluster.hazelcast;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and waits for our one thread, so that Hazelcast's threads never wait for us. Has
 * {@value #MAX_COUNT} at most, of {@value #MAX_BYTES} bytes together; what comes then is dropped.
 * Thread-safe.
 */
final class Deliveries {
  static final int MAX_COUNT = 10_000;
  static final long MAX_BYTES = 64L << 20;

  private static final Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

  private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(MAX_COUNT);
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean over;
  private volatile boolean dropping;

  private record Delivery(Runnable work, int bytes) {}

  /** Has {@code work} done soon, after all that was offered before it. */
  void offer(int size, Runnable work) {
    if (bytes.addAndGet(size) <= MAX_BYTES && queue.offer(new Delivery(work, size))) {
      return;
    }
    bytes.addAndGet(-size);
    if (!dropping) {
      dropping = true;
      LOG.log(Level.WARNING, "messages of other nodes come faster than they are read: dropped");
    }
  }

  /**
   * Does what is offered until it is stopped.
   *
   * @param tick done every second besides
   */
  void run(Runnable tick) {
    long ticked = System.nanoTime();
    try {
      while (!over) {
        carryOut(queue.poll(100, TimeUnit.MILLISECONDS));
        if (System.nanoTime() - ticked >= TICK_NANOS) {
          ticked = System.nanoTime();
          attempt(tick);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carryOut(@Nullable Delivery delivery) {
    if (delivery == null) {
      dropping = false;
    } else {
      bytes.addAndGet(-delivery.bytes());
      attempt(delivery.work());
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Level level = over ? Level.DEBUG : Level.ERROR;
      LOG.log(level, "what another node told could not be dealt with", e);
    }
  }

  /** Takes effect at once, but for what is being done. */
  void stop() {
    over = true;
  }
}
