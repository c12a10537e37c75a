package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.log.Lineage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of entries that outlives this process, or is shared by several. Whoever writes an
 * entry reads it back in its place: reading is the only way to learn what is in it, for the writer
 * too.
 *
 * <p>Thread-safe. Nothing here blocks but {@link #close()}.
 */
public interface Journal extends AutoCloseable {
  /**
   * An entry in its place.
   *
   * @param offset its place, 1 or more; grows, but not densely
   * @param content not copied: nobody changes it
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Entry(long offset, byte[] content) {}

  /**
   * The current value of one topic and key, for the checkpoint.
   *
   * @param slot names the topic and key
   * @param entry the entry that made it; null if there is no value any more
   */
  record Value(String slot, @Nullable Entry entry) {}

  /** Is told what is in the journal, in order, by one thread at a time. */
  interface Reader {
    /**
     * Reading begins, or begins anew: whatever was read before is void.
     *
     * @param lineage the life that what is read now belongs to
     * @param floor the offset before the oldest entry that is retained
     * @param values what the last checkpoint held; whole
     */
    void begin(Lineage lineage, long floor, List<Entry> values);

    /** What was read is void, and nothing is known until it begins again. */
    void end();

    /** The life has ended in good order, and another goes on with it. */
    void goOn(Lineage lineage);

    /** The next entries that nothing can take back any more. */
    void read(List<Entry> entries);

    /** All that was in the journal when reading began (anew) has been read. */
    void caughtUp();

    /**
     * Whether the journal can be used at the moment.
     *
     * @param why it can't, in words for an operator; null if it can
     */
    void obstacle(@Nullable String why);
  }

  /** Begins to read from the oldest entry that is retained, and never ends. Called once. */
  void open(Reader reader);

  /**
   * Writes entries that will stand together, in this order. Called by one thread at a time, and
   * again only when the last write has completed.
   *
   * @param entries at most {@link #maxEntries()}
   * @return completes when no single fault can take them back any more; exceptionally, in bounded
   *     time, if that is not sure: they may still be read later
   */
  CompletableFuture<Void> write(List<byte[]> entries);

  /** How many entries one write takes at most. */
  int maxEntries();

  /**
   * Whether other nodes read it too, so that somebody may have seen there what this node has not
   * read yet.
   */
  default boolean isShared() {
    return true;
  }

  /** Whether this node is to keep the checkpoint at the moment; for all nodes of the journal. */
  boolean keepsCheckpoint();

  /**
   * Keeps current values apart from the entries, so that they outlive the retention of entries.
   *
   * @param changes each slot once: its value now, or that there is none
   * @param whole whether {@code changes} are all values there are: every other slot goes
   * @param upTo all entries up to this offset are taken into account
   */
  CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo);

  /** Ends reading and writing; what is under way fails. Waits a bounded time. */
  @Override
  void close();
}
