package io.openclaw.gateway.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A bounded queue with one thread, which takes all that waits, up to a bound, and works on it
 * together. The order is kept. Thread-safe, guarded by itself; the work is done outside of the
 * lock, in the thread that runs it, and must not throw.
 */
public final class Lane<T> implements Runnable {
  /**
   * How much may wait, and how much is taken at once.
   *
   * @param count items that wait
   * @param bytes their size; a single item may be larger
   * @param batch items taken at once
   */
  public record Bounds(int count, int bytes, int batch) {}

  private final Bounds bounds;
  private final ToIntFunction<T> size;
  private final Consumer<List<T>> work;
  private final Deque<T> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean stopped;

  public Lane(Bounds bounds, ToIntFunction<T> size, Consumer<List<T>> work) {
    this.bounds = bounds;
    this.size = size;
    this.work = work;
  }

  /** Whether {@code item} is taken; not if there is no room, or after {@link #stop}. */
  public synchronized boolean offer(T item) {
    int itemBytes = size.applyAsInt(item);
    boolean fits =
        waiting.isEmpty() || (waiting.size() < bounds.count && bytes + itemBytes <= bounds.bytes);
    if (stopped || !fits) {
      return false;
    }
    waiting.add(item);
    bytes += itemBytes;
    notifyAll();
    return true;
  }

  /** How many wait. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Takes nothing more; the thread ends when nothing waits. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** What will not be worked on any more. */
  public synchronized List<T> clear() {
    List<T> left = List.copyOf(waiting);
    waiting.clear();
    bytes = 0;
    return left;
  }

  @Override
  public void run() {
    for (List<T> batch = take(); !batch.isEmpty(); batch = take()) {
      work.accept(batch);
    }
  }

  /** Waits for something to do; nothing if it is over. */
  private synchronized List<T> take() {
    List<T> batch = new ArrayList<>();
    try {
      while (waiting.isEmpty() && !stopped) {
        wait();
      }
    } catch (InterruptedException e) {
      stopped = true;
      Thread.currentThread().interrupt();
      return batch;
    }
    while (batch.size() < bounds.batch && !waiting.isEmpty()) {
      T item = waiting.remove();
      bytes -= size.applyAsInt(item);
      batch.add(item);
    }
    return batch;
  }
}
