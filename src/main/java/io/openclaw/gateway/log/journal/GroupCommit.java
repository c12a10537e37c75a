package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.log.LogUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what several threads append, one write in flight: what comes while it is under way is
 * written together afterwards. An append has completed when its last entry was read back.
 *
 * <p>Thread-safe; never blocks. Bounded in entries and bytes that were not read back yet.
 */
final class GroupCommit {
  /** Learns what became of the entries of one append. */
  interface Placed {
    /**
     * The entry with this number in the append was read.
     *
     * @param offset where it is, or where the one it repeats is
     */
    void at(int index, long offset, boolean duplicate);

    /** All have been told of. */
    void done();

    /** It is not sure that all entries are in the journal. */
    void failed(LogUnavailableException why);
  }

  /**
   * Entries of one append.
   *
   * @param first what the writer counts the first one as
   * @param sinceNanos when it began
   */
  private record Batch(long first, int size, long bytes, long sinceNanos, Placed placed) {
    long last() {
      return first + size - 1;
    }
  }

  private final Journal journal;
  private final AppendSettings settings;
  private final LongSupplier clockNanos;

  // Guarded by this.
  private final ArrayDeque<byte[]> unwritten = new ArrayDeque<>();
  private final ArrayDeque<Batch> unread = new ArrayDeque<>();
  private long count;
  private long written;
  private int entries;
  private long bytes;
  private boolean writing;
  private @Nullable String obstacle = "it was not read yet";

  GroupCommit(Journal journal, AppendSettings settings, LongSupplier clockNanos) {
    this.journal = journal;
    this.settings = settings;
    this.clockNanos = clockNanos;
  }

  /**
   * Has entries written, in this order.
   *
   * @param encoded at least one; what the writer counts each as is filled in
   */
  void append(List<byte[]> encoded, Placed placed) {
    LogUnavailableException refusal = enqueue(encoded, placed);
    if (refusal == null) {
      writeWhatWaits();
    } else {
      placed.failed(refusal);
    }
  }

  private synchronized @Nullable LogUnavailableException enqueue(
      List<byte[]> encoded, Placed placed) {
    if (obstacle != null) {
      return new LogUnavailableException("the log takes nothing: " + obstacle);
    }
    if (entries > 0
        && (entries + encoded.size() > settings.maxWaiting()
            || bytes >= settings.maxWaitingBytes())) {
      return new LogUnavailableException("the log is too slow: " + entries + " wait already");
    }
    long size = 0;
    for (int i = 0; i < encoded.size(); i++) {
      byte[] entry = encoded.get(i);
      EntryCodec.count(entry, count + i);
      unwritten.add(entry);
      size += entry.length;
    }
    unread.add(new Batch(count, encoded.size(), size, clockNanos.getAsLong(), placed));
    count += encoded.size();
    entries += encoded.size();
    bytes += size;
    return null;
  }

  private void writeWhatWaits() {
    for (List<byte[]> next = take(); !next.isEmpty(); next = take()) {
      CompletableFuture<Void> write = write(next);
      if (!write.isDone()) {
        CompletableFuture<Void> unused = write.whenComplete((nothing, failure) -> wrote(failure));
        return;
      }
      end(write.handle((nothing, failure) -> failure).getNow(null));
    }
  }

  private void wrote(@Nullable Throwable failure) {
    end(failure);
    writeWhatWaits();
  }

  private CompletableFuture<Void> write(List<byte[]> next) {
    try {
      return journal.write(next);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What is to be written next; nothing while a write is in flight. */
  private synchronized List<byte[]> take() {
    if (writing || unwritten.isEmpty()) {
      return List.of();
    }
    List<byte[]> next = new ArrayList<>(Math.min(unwritten.size(), journal.maxEntries()));
    long size = 0;
    while (!unwritten.isEmpty()
        && next.size() < journal.maxEntries()
        && size < settings.maxWriteBytes()) {
      byte[] entry = unwritten.remove();
      size += entry.length;
      next.add(entry);
    }
    written += next.size();
    writing = true;
    return next;
  }

  private void end(@Nullable Throwable failure) {
    if (failure != null) {
      fail(
          unreadOfWritten(),
          new LogUnavailableException("a write to the log failed: " + failure, failure));
    }
    synchronized (this) {
      writing = false;
    }
  }

  private synchronized List<Batch> unreadOfWritten() {
    List<Batch> batches = new ArrayList<>();
    while (!unread.isEmpty() && unread.element().first < written) {
      batches.add(drop(unread.remove()));
    }
    return batches;
  }

  /** Guarded by this. What of it was not written yet is not written any more. */
  private Batch drop(Batch batch) {
    for (; written <= batch.last(); written++) {
      unwritten.remove();
    }
    forget(batch);
    return batch;
  }

  private void forget(Batch batch) {
    entries -= batch.size;
    bytes -= batch.bytes;
  }

  private static void fail(List<Batch> batches, LogUnavailableException why) {
    batches.forEach(batch -> batch.placed.failed(why));
  }

  /**
   * An entry of this writer was read back. Called in the order of the journal, by one thread.
   *
   * @param number what the writer counted it as
   * @param offset where it is, or the one that it repeats
   */
  void read(long number, long offset, boolean duplicate) {
    List<Batch> missing = new ArrayList<>(0);
    Batch batch;
    synchronized (this) {
      while (!unread.isEmpty() && unread.element().last() < number) {
        missing.add(unread.remove());
      }
      missing.forEach(this::forget);
      batch = unread.peek();
      if (batch != null && batch.last() == number) {
        forget(unread.remove());
      }
    }
    fail(missing, new LogUnavailableException("the log did not take all of it"));
    if (batch != null && batch.first <= number) {
      batch.placed.at((int) (number - batch.first), offset, duplicate);
      if (batch.last() == number) {
        batch.placed.done();
      }
    }
  }

  /** An entry of this writer was read that came too late to count. */
  void tooLate(long number) {
    List<Batch> late = new ArrayList<>(1);
    synchronized (this) {
      for (Iterator<Batch> all = unread.iterator(); all.hasNext(); ) {
        Batch batch = all.next();
        if (batch.first <= number && number <= batch.last()) {
          all.remove();
          late.add(drop(batch));
        }
      }
    }
    fail(late, new LogUnavailableException("it came to the log too late"));
  }

  /** Fails what has waited too long. */
  void sweep() {
    long now = clockNanos.getAsLong();
    List<Batch> late = new ArrayList<>(0);
    synchronized (this) {
      while (!unread.isEmpty()
          && now - unread.element().sinceNanos > settings.timeout().toNanos()) {
        late.add(unread.remove());
      }
      late.forEach(this::drop);
    }
    fail(late, new LogUnavailableException("the log did not answer in " + settings.timeout()));
  }

  /**
   * Whether anything is taken.
   *
   * @param why nothing is; null if it is
   */
  synchronized void obstacle(@Nullable String why) {
    obstacle = why;
  }

  /** Fails everything that was not read back. */
  void failAll(String why) {
    List<Batch> all;
    synchronized (this) {
      all = new ArrayList<>(unread);
      unread.clear();
      all.forEach(this::drop);
    }
    fail(all, new LogUnavailableException(why));
  }
}
