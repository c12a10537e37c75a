package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.journal.Journal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A journal in files of this node. What is written is read back when it is as sure as {@link Fsync}
 * says. When the disk fails or is full, writes fail at once until it can be opened again, which is
 * tried every second; readers go on where they were.
 *
 * <p>Thread-safe. One thread of its own does all that touches the disk.
 */
public final class FileJournal implements Journal {
  private static final Logger LOGGER = System.getLogger(FileJournal.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration TEND = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(20);
  private static final int MAX_ENTRIES = 4096;

  private final FileJournalSettings settings;
  private final Parts parts;
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private volatile @Nullable String obstacle = "it is not open yet";
  private volatile boolean closing;
  private @Nullable Thread thread;

  // Confined to the thread.
  private @Nullable Lineage lineage;
  private long readTo;

  /**
   * What it needs from outside.
   *
   * @param epochs gives names of lives that were never used
   * @param clockMillis ms since the Unix epoch
   */
  public record Parts(ThreadFactory threads, Supplier<String> epochs, LongSupplier clockMillis) {}

  /** Something for the thread to do. */
  private record Command(Work work, CompletableFuture<Void> done) {}

  /** Something that is done with the files. */
  private interface Work {
    void run(Store store, Reader reader) throws IOException;
  }

  public FileJournal(FileJournalSettings settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  @Override
  public synchronized void open(Reader reader) {
    Thread made = parts.threads().newThread(() -> run(reader));
    thread = made;
    made.start();
  }

  @Override
  public CompletableFuture<Void> write(List<byte[]> entries) {
    for (byte[] entry : entries) {
      if (!EntryFiles.fits(entry.length, settings)) {
        return CompletableFuture.failedFuture(
            new IllegalArgumentException("an entry is larger than a segment of the log"));
      }
    }
    return enqueue((store, reader) -> append(store, reader, entries));
  }

  @Override
  public CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo) {
    return enqueue((store, reader) -> store.checkpoint(changes, whole, upTo));
  }

  @Override
  public int maxEntries() {
    return MAX_ENTRIES;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean keepsCheckpoint() {
    return true;
  }

  private CompletableFuture<Void> enqueue(Work work) {
    Command command = new Command(work, new CompletableFuture<>());
    commands.add(command);
    String why = obstacle;
    if (why != null && commands.remove(command)) {
      command.done.completeExceptionally(new LogUnavailableException(why));
    }
    return command.done;
  }

  private void append(Store store, Reader reader, List<byte[]> entries) throws IOException {
    List<Entry> appended = store.append(entries);
    readTo = store.last();
    reader.read(appended);
  }

  // The thread.

  private void run(Reader reader) {
    while (!closing) {
      try (DirectoryLock lock = DirectoryLock.take(settings.directory())) {
        runLocked(reader, lock);
      } catch (IOException e) {
        fail(reader, e);
      } catch (RuntimeException e) {
        LOGGER.log(Level.ERROR, "The thread of the log has failed", e);
        fail(reader, new IOException("of a fault of its own", e));
      }
    }
    refuse("it is closed");
  }

  private void runLocked(Reader reader, DirectoryLock lock) throws IOException {
    lock.check();
    try (Store store =
        Store.open(settings, parts.epochs(), parts.clockMillis(), lineage == null ? 0 : readTo)) {
      announce(store, reader);
      serve(store, reader);
      store.end();
    }
  }

  private void announce(Store store, Reader reader) {
    boolean goesOn = store.lineage().equals(lineage) && store.floor() <= readTo;
    if (!goesOn) {
      lineage = store.lineage();
      readTo = store.floor();
      reader.begin(store.lineage(), store.floor(), store.takeValues());
    }
    for (Batch batch : store.takeBatches()) {
      List<Entry> unread =
          batch.entries().stream().filter(entry -> entry.offset() > readTo).toList();
      if (!unread.isEmpty()) {
        reader.read(unread);
      }
    }
    readTo = store.last();
    if (!goesOn) {
      reader.caughtUp();
    }
    obstacle = null;
    reader.obstacle(null);
  }

  private void serve(Store store, Reader reader) throws IOException {
    long tendedNanos = System.nanoTime();
    while (!closing) {
      long waitNanos = Math.min(store.forceInNanos(), TEND.toNanos());
      Command command = poll(waitNanos);
      if (command != null) {
        run(command, store, reader);
      }
      if (store.forceInNanos() <= 0) {
        store.force();
      }
      if (System.nanoTime() - tendedNanos > TEND.toNanos()) {
        store.letGo();
        tendedNanos = System.nanoTime();
      }
    }
  }

  private @Nullable Command poll(long waitNanos) throws IOException {
    try {
      return commands.poll(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      closing = true;
      return null;
    }
  }

  private static void run(Command command, Store store, Reader reader) throws IOException {
    try {
      command.work.run(store, reader);
    } catch (IOException e) {
      command.done.completeExceptionally(unavailable(e));
      throw e;
    } catch (RuntimeException e) {
      command.done.completeExceptionally(e);
      throw e;
    }
    command.done.complete(null);
  }

  private static LogUnavailableException unavailable(IOException cause) {
    return new LogUnavailableException("the disk: " + cause.getMessage(), cause);
  }

  private void fail(Reader reader, IOException cause) {
    String why = String.valueOf(cause.getMessage());
    LOGGER.log(Level.DEBUG, "The log cannot be written", cause);
    refuse(why);
    reader.obstacle(why);
    try {
      TimeUnit.NANOSECONDS.sleep(closing ? 0 : RETRY.toNanos());
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private void refuse(String why) {
    obstacle = why;
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      command.done.completeExceptionally(new LogUnavailableException(why));
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closing = true;
      running = thread;
    }
    CompletableFuture<Void> unused = enqueue((store, reader) -> {});
    if (running != null) {
      awaitEnd(running);
    }
  }

  private static void awaitEnd(Thread running) {
    try {
      running.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
