package io.openclaw.gateway.log.journal.hazelcast;

import com.hazelcast.map.IMap;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.journal.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Current values in a map of the cluster: for each topic and key its offset (8 bytes) and entry;
 * and under the empty key, up to which offset they take entries into account. One thread writes, so
 * that nobody else waits for the map. Thread-safe.
 */
final class CheckpointMap {
  private static final Logger LOGGER = System.getLogger(CheckpointMap.class.getName());
  private static final String UP_TO = "";
  private static final int PIECE = 1_000;

  private record Task(
      List<Journal.Value> changes, boolean whole, long upTo, CompletableFuture<Void> outcome) {}

  private final IMap<String, byte[]> map;
  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(1);
  private volatile @Nullable Thread thread;

  CheckpointMap(IMap<String, byte[]> map) {
    this.map = map;
  }

  void start(ThreadFactory threads) {
    Thread writer = threads.newThread(this::run);
    thread = writer;
    writer.start();
  }

  void close() {
    Thread writer = thread;
    if (writer != null) {
      writer.interrupt();
    }
  }

  /** Writes later; fails if something is still being written. */
  CompletableFuture<Void> write(List<Journal.Value> changes, boolean whole, long upTo) {
    Task task = new Task(changes, whole, upTo, new CompletableFuture<>());
    if (!tasks.offer(task)) {
      task.outcome.completeExceptionally(new LogUnavailableException("a checkpoint is written"));
    }
    return task.outcome;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        run(tasks.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Task task) {
    try {
      write(task);
      task.outcome.complete(null);
    } catch (RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a checkpoint failed", e);
      task.outcome.completeExceptionally(e);
    }
  }

  private void write(Task task) {
    Set<String> gone = task.whole ? new HashSet<>(map.keySet()) : new HashSet<>();
    gone.remove(UP_TO);
    Map<String, byte[]> piece = new HashMap<>();
    for (Journal.Value value : task.changes) {
      Journal.Entry entry = value.entry();
      if (entry == null) {
        gone.add(value.slot());
      } else {
        gone.remove(value.slot());
        piece.put(value.slot(), bytes(entry));
      }
      if (piece.size() == PIECE) {
        map.setAll(piece);
        piece.clear();
      }
    }
    map.setAll(piece);
    gone.forEach(map::delete);
    map.set(UP_TO, ByteBuffer.allocate(Long.BYTES).putLong(task.upTo).array());
  }

  private static byte[] bytes(Journal.Entry entry) {
    return ByteBuffer.allocate(Long.BYTES + entry.content().length)
        .putLong(entry.offset())
        .put(entry.content())
        .array();
  }

  /** All values; blocks. */
  List<Journal.Entry> read() {
    List<Journal.Entry> values = new ArrayList<>();
    for (Map.Entry<String, byte[]> value : map.entrySet()) {
      if (!value.getKey().equals(UP_TO)) {
        ByteBuffer buffer = ByteBuffer.wrap(value.getValue());
        long offset = buffer.getLong();
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        values.add(new Journal.Entry(offset, content));
      }
    }
    return values;
  }

  /** Up to which offset they take entries into account; 0 if there are none. Blocks. */
  long upTo() {
    byte[] offset = map.get(UP_TO);
    return offset == null ? 0 : ByteBuffer.wrap(offset).getLong();
  }
}
