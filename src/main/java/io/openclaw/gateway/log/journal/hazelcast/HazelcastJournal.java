package io.openclaw.gateway.log.journal.hazelcast;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.RingbufferConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.Ringbuffer;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.journal.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ring in the memory of the cluster. What is written is on one node and at least one more before
 * it is acknowledged, and only what is acknowledged is shown, on any node:
 *
 * <ol>
 *   <li>entries are added to the ring together; Hazelcast answers when the backup has them, too;
 *   <li>the writer then writes up to where that is so (a {@code Commit}): with what it writes next,
 *       or alone;
 *   <li>readers hold entries back until they read that.
 * </ol>
 *
 * So the death of one node takes nothing back that a client has seen. An answer that comes while
 * too few nodes are left does not count.
 *
 * <p>Thread-safe.
 */
public final class HazelcastJournal implements Journal {
  private static final Logger LOGGER = System.getLogger(HazelcastJournal.class.getName());

  /** Hazelcast takes 1,000 at once; one is ours. */
  private static final int MAX_ENTRIES = 999;

  private static final long GOODBYE_SECONDS = 2;
  private static final int MAX_ANSWERS = 10_000;

  private final HazelcastInstance engine;
  private final RingSettings settings;
  private final Members members;
  private final Quorum quorum;
  private final LongSupplier clockNanos;
  private final Ringbuffer<byte[]> ring;
  private final RingReader reader;
  private final CheckpointMap values;
  private final ThreadFactory threads;
  private final RingVolume volume;

  /** Not on a thread of Hazelcast: from some of them nothing may be asked. */
  private final ThreadPoolExecutor answers;

  private volatile @Nullable UUID listener;
  private volatile @Nullable Thread readerThread;
  private volatile boolean closed;

  // Guarded by this.
  private long acknowledged = -1;
  private long saidCommitted = -1;

  /**
   * @param engine the member of the cluster that this process is
   * @param threads makes the threads that read and that keep the checkpoint
   * @param clockNanos ns since any moment
   * @param epochs makes names that were never used before
   */
  public HazelcastJournal(
      HazelcastInstance engine,
      RingSettings settings,
      ThreadFactory threads,
      LongSupplier clockNanos,
      Supplier<String> epochs) {
    this.engine = engine;
    this.settings = settings;
    this.members = new Members(engine);
    this.quorum = new Quorum(settings.quorum(), settings.settledAfter().toNanos());
    this.clockNanos = clockNanos;
    this.threads = threads;
    this.answers =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_ANSWERS),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
    this.volume = new RingVolume(settings.capacity(), settings.maxAge().toNanos());
    configure();
    this.ring = engine.getRingbuffer(settings.name());
    this.values = new CheckpointMap(engine.getMap(settings.name() + ".values"));
    this.reader = new RingReader(this, ring, members, quorum, clockNanos, epochs, values, volume);
  }

  private void configure() {
    MergePolicyConfig discard =
        new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName());
    engine
        .getConfig()
        .addRingBufferConfig(
            new RingbufferConfig(settings.name())
                .setCapacity(settings.capacity())
                .setBackupCount(settings.backups())
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setTimeToLiveSeconds((int) settings.maxAge().toSeconds())
                .setMergePolicyConfig(discard));
    engine
        .getConfig()
        .addMapConfig(
            new MapConfig(settings.name() + ".values")
                .setBackupCount(settings.backups())
                .setMergePolicyConfig(discard));
  }

  @Override
  public void open(Reader target) {
    listener =
        engine
            .getLifecycleService()
            .addLifecycleListener(
                event -> {
                  if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                    reader.merged();
                  }
                });
    Thread reading = threads.newThread(() -> reader.run(target));
    readerThread = reading;
    reading.start();
    values.start(threads);
  }

  @Override
  public int maxEntries() {
    return MAX_ENTRIES;
  }

  @Override
  public CompletableFuture<Void> write(List<byte[]> entries) {
    String objection = objection();
    if (objection != null) {
      return CompletableFuture.failedFuture(new LogUnavailableException(objection));
    }
    List<byte[]> batch = new ArrayList<>(entries.size() + 1);
    synchronized (this) {
      if (acknowledged > saidCommitted) {
        batch.add(new RingEntry.Commit(acknowledged).bytes());
        saidCommitted = acknowledged;
      }
    }
    batch.addAll(entries);
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    CompletableFuture<Long> unused =
        ring.addAllAsync(batch, OverflowPolicy.OVERWRITE)
            .toCompletableFuture()
            .whenCompleteAsync((last, failure) -> added(last, failure, outcome), answers);
    return outcome;
  }

  private @Nullable String objection() {
    if (closed) {
      return "it is closed";
    }
    return volume.sum() > settings.maxBytes()
        ? "it holds " + volume.sum() + " bytes of at most " + settings.maxBytes()
        : null;
  }

  private void added(
      @Nullable Long last, @Nullable Throwable failure, CompletableFuture<Void> outcome) {
    if (last == null) {
      outcome.completeExceptionally(
          new LogUnavailableException("the ring did not take it, or it is not sure: " + failure));
    } else {
      settle(last, outcome);
    }
  }

  /**
   * While it is not sure who is left, it is found out later whether the entry is safe: by what is
   * written next, or by {@link #probe}. To fail at once would have the source bring it in vain
   * again and again.
   */
  private void settle(long last, CompletableFuture<Void> outcome) {
    switch (verdict()) {
      case GO_ON -> {
        acknowledge(last);
        outcome.complete(null);
        commit();
      }
      case UNSURE, NEW_LIFE -> outcome.complete(null);
      case WAIT ->
          outcome.completeExceptionally(new LogUnavailableException("too few nodes are left"));
    }
  }

  private boolean isEnough() {
    return verdict() == Quorum.Verdict.GO_ON;
  }

  private Quorum.Verdict verdict() {
    return quorum.verdict(members.alive(), clockNanos.getAsLong());
  }

  synchronized void acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
  }

  /** Says what was acknowledged, unless that is said already. */
  private void commit() {
    long upTo;
    synchronized (this) {
      if (acknowledged <= saidCommitted) {
        return;
      }
      saidCommitted = acknowledged;
      upTo = acknowledged;
    }
    say(new RingEntry.Commit(upTo));
  }

  /**
   * Says it again, if it may have been lost: what was acknowledged is more than the readers know.
   */
  void commitAgain(long known) {
    long upTo;
    synchronized (this) {
      upTo = acknowledged;
    }
    if (upTo > known) {
      say(new RingEntry.Commit(upTo));
    }
  }

  /**
   * Finds out whether all that is in the ring is on a second node, and says so: for entries whose
   * writer is gone.
   */
  void probe() {
    CompletableFuture<Long> unused =
        ring.addAsync(new RingEntry.Commit(-1).bytes(), OverflowPolicy.OVERWRITE)
            .toCompletableFuture()
            .whenCompleteAsync(
                (last, failure) -> {
                  if (last != null && isEnough()) {
                    acknowledge(last);
                    commit();
                  }
                },
                answers);
  }

  /** The life of the ring is another: what was acknowledged in the former one counts no more. */
  synchronized void forget() {
    acknowledged = -1;
    saidCommitted = -1;
  }

  /** Writes one of our own entries; whether it arrives, is seen when it is read. */
  void say(RingEntry entry) {
    CompletableFuture<Long> unused =
        ring.addAsync(entry.bytes(), OverflowPolicy.OVERWRITE)
            .toCompletableFuture()
            .whenCompleteAsync(
                (last, failure) -> {
                  if (failure != null) {
                    LOGGER.log(Level.DEBUG, "an entry of the ring's own failed", failure);
                  }
                },
                answers);
  }

  @Override
  public boolean keepsCheckpoint() {
    return reader.isFollowing() && members.isOldest();
  }

  @Override
  public CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo) {
    return values.write(changes, whole, upTo);
  }

  @Override
  public void close() {
    closed = true;
    goodbye();
    UUID registered = listener;
    if (registered != null && engine.getLifecycleService().isRunning()) {
      engine.getLifecycleService().removeLifecycleListener(registered);
    }
    reader.close();
    values.close();
    answers.shutdownNow();
    Thread reading = readerThread;
    if (reading != null) {
      reading.interrupt();
    }
  }

  private void goodbye() {
    try {
      ring.addAsync(new RingEntry.Leaving(members.self()).bytes(), OverflowPolicy.OVERWRITE)
          .toCompletableFuture()
          .get(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "the others were not told that this node leaves", e);
    }
  }
}
