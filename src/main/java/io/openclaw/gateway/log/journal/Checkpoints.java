package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.log.LocalLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Publication;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes current values into the journal's checkpoint, behind the entries, so that they outlive the
 * retention. Of each topic and key only what it is at the moment is written. One node does it; one
 * that takes over, or has failed once, writes all values.
 *
 * <p>Thread-safe, guarded by itself. Bounded: what changed is held for at most so many values as
 * there may be; beyond that all are written.
 */
final class Checkpoints {
  private static final Logger LOGGER = System.getLogger(Checkpoints.class.getName());

  private final Journal journal;
  private final LocalLog local;
  private final int maxChanged;
  private final long maxBehind;
  private final Map<String, Publication> changed = new LinkedHashMap<>();
  private long upTo;
  private long life;
  private boolean upToDate;
  private boolean writing;

  /**
   * @param maxChanged values that may wait, at most
   * @param maxBehind offsets that it may be behind, at most, while there are changes
   */
  Checkpoints(Journal journal, LocalLog local, int maxChanged, long maxBehind) {
    this.journal = journal;
    this.local = local;
    this.maxChanged = maxChanged;
    this.maxBehind = maxBehind;
  }

  /** Another life of the journal has begun, at {@code offset}. */
  synchronized void begin(long offset) {
    changed.clear();
    upToDate = false;
    upTo = offset;
    life++;
  }

  /** A publication was added. */
  synchronized void changed(Publication publication) {
    if (upToDate) {
      changed.put(slot(publication), publication);
      if (changed.size() > maxChanged) {
        upToDate = false;
        changed.clear();
      }
    }
  }

  private static String slot(Publication publication) {
    String key = publication.key();
    return publication.topic() + "\u0000" + (key == null ? "" : key);
  }

  /** Whether it should not wait for the next {@link #sweep}. */
  synchronized boolean isFarBehind(long readTo) {
    return !writing && readTo - upTo > maxBehind;
  }

  /** Writes what has changed, if this is the node that does. */
  void sweep(long readTo) {
    List<Journal.Value> values;
    boolean whole;
    long current;
    synchronized (this) {
      if (!journal.keepsCheckpoint()) {
        upToDate = false;
        changed.clear();
        upTo = readTo;
        return;
      }
      if (writing || (upToDate && changed.isEmpty())) {
        return;
      }
      writing = true;
      whole = !upToDate;
      upToDate = true;
      values = whole ? List.of() : changed.values().stream().map(Checkpoints::value).toList();
      changed.clear();
      current = life;
    }
    List<Journal.Value> all =
        whole ? local.values().stream().map(Checkpoints::value).toList() : values;
    CompletableFuture<Void> unused =
        journal
            .checkpoint(all, whole, readTo)
            .whenComplete((nothing, failure) -> ended(current, readTo, failure == null));
  }

  private synchronized void ended(long current, long to, boolean well) {
    writing = false;
    if (current == life && well) {
      upTo = to;
    } else if (current == life) {
      upToDate = false;
      LOGGER.log(Level.DEBUG, "a checkpoint failed; the next one will be whole");
    }
  }

  private static Journal.Value value(Publication publication) {
    if (publication.removed()) {
      return new Journal.Value(slot(publication), null);
    }
    Draft draft =
        new Draft(
            publication.topic(),
            publication.key(),
            publication.payload(),
            false,
            publication.trace(),
            publication.origin());
    byte[] content = EntryCodec.encode(draft, 0, 0, publication.timeMillis());
    return new Journal.Value(slot(publication), new Journal.Entry(publication.offset(), content));
  }
}
