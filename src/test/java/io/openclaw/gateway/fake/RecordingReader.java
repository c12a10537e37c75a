package io.openclaw.gateway.fake;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Notes what a journal tells. <i>Thread-safe, guarded by itself.</i> */
public final class RecordingReader implements Journal.Reader {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TreeMap<Long, String> entries = new TreeMap<>();
  private final List<String> values = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();
  private Lineage lineage = Lineage.of("");
  private long floor;
  private int begins;
  private boolean caughtUp;
  private @Nullable String obstacle = "not open";

  @Override
  public synchronized void begin(Lineage begun, long floorOffset, List<Journal.Entry> current) {
    lineage = begun;
    floor = floorOffset;
    begins++;
    caughtUp = false;
    entries.clear();
    values.clear();
    current.forEach(value -> values.add(text(value)));
    notifyAll();
  }

  @Override
  public synchronized void end() {
    entries.clear();
    notifyAll();
  }

  @Override
  public synchronized void goOn(Lineage next) {
    lineage = next;
    notifyAll();
  }

  @Override
  public synchronized void read(List<Journal.Entry> read) {
    for (Journal.Entry entry : read) {
      long last = entries.isEmpty() ? floor : entries.lastKey();
      if (entry.offset() <= last) {
        throw new IllegalStateException(entry.offset() + " after " + last);
      }
      entries.put(entry.offset(), text(entry));
    }
    notifyAll();
  }

  private static String text(Journal.Entry entry) {
    return new String(entry.content(), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void caughtUp() {
    caughtUp = true;
    notifyAll();
  }

  @Override
  public synchronized void obstacle(@Nullable String why) {
    obstacle = why;
    if (why != null) {
      obstacles.add(why);
    }
    notifyAll();
  }

  /** Waits until it can be written to. */
  public RecordingReader awaitReady() {
    return await(() -> caughtUp && obstacle == null);
  }

  /** Waits until it cannot be used, of a reason with that text in it. */
  public RecordingReader awaitObstacle(String part) {
    return await(() -> obstacle != null && obstacle.contains(part));
  }

  /** Waits until so many entries have been read. */
  public RecordingReader awaitCount(int count) {
    return await(() -> entries.size() >= count);
  }

  /** Waits until it has begun so many times. */
  public RecordingReader awaitBegins(int count) {
    return await(() -> begins >= count);
  }

  private synchronized RecordingReader await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("in vain; the obstacle is " + obstacle);
      }
      pause(left);
    }
    return this;
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public synchronized Lineage lineage() {
    return lineage;
  }

  public synchronized long floor() {
    return floor;
  }

  public synchronized int begins() {
    return begins;
  }

  /** What was read, by offset. */
  public synchronized TreeMap<Long, String> entries() {
    return new TreeMap<>(entries);
  }

  /** What the checkpoint held. */
  public synchronized List<String> values() {
    return List.copyOf(values);
  }

  /** Why it could not be used so far. */
  public synchronized List<String> obstacles() {
    return List.copyOf(obstacles);
  }
}
