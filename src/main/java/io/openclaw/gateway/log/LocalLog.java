package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What this node has of a log in its own memory: the recent publications, indexed by topic, and the
 * current values; bounded by count, bytes and age. Offsets may have holes. Whatever reads a log
 * reads this.
 *
 * <p>Thread-safe: one lock orders what is added and guards all state; it is held for memory
 * operations only.
 */
public final class LocalLog {
  private static final int SLOTS_FOR_EACH = 4;
  private static final int MIN_SLOTS = 1_000;

  private final LogSettings settings;
  private final LongSupplier clockMillis;
  private final long maxAhead;
  private final ReentrantLock order = new ReentrantLock();
  private final RetainedValues retained;
  private final Map<TopicName, OffsetIndex> index = new HashMap<>();
  private PublicationRing ring = new PublicationRing(0);
  private volatile Lineage lineage;

  /**
   * @param lineage its life
   * @param clockMillis ms since the Unix epoch
   * @param maxAhead how far a reader may be ahead of this node, because it has read on another one;
   *     0 if there is no other
   */
  public LocalLog(Lineage lineage, LogSettings settings, LongSupplier clockMillis, long maxAhead) {
    this.lineage = lineage;
    this.settings = settings;
    this.clockMillis = clockMillis;
    this.maxAhead = maxAhead;
    this.retained = new RetainedValues(settings.maxRetainedCount(), settings.maxRetainedBytes());
  }

  // What changes it.

  /** Adds drafts behind what there is; for a log that has no other writer. */
  List<Publication> append(List<Draft> drafts) {
    List<Publication> appended = new ArrayList<>(drafts.size());
    order.lock();
    try {
      long now = clockMillis.getAsLong();
      for (Draft draft : drafts) {
        appended.add(add(Publication.of(ring.head() + 1, now, draft)));
      }
      expire();
    } finally {
      order.unlock();
    }
    return appended;
  }

  /**
   * Adds publications that have their places.
   *
   * @param upTo there is nothing else up to here; not below the last one
   */
  public void add(List<Publication> publications, long upTo) {
    order.lock();
    try {
      publications.forEach(this::add);
      makeRoom(upTo);
      ring.skipTo(upTo);
      expire();
    } finally {
      order.unlock();
    }
  }

  /** Adds current values that may be older than everything else here; any order. */
  public void addValues(List<Publication> values) {
    order.lock();
    try {
      values.forEach(retained::put);
    } finally {
      order.unlock();
    }
  }

  /**
   * Another life begins, without a publication.
   *
   * @param floor the offset before the first that will come
   * @param keepValues whether the current values stay
   */
  public void begin(Lineage next, long floor, boolean keepValues) {
    order.lock();
    try {
      lineage = next;
      ring = new PublicationRing(floor);
      index.clear();
      if (!keepValues) {
        retained.clear();
      }
    } finally {
      order.unlock();
    }
  }

  /** Another life goes on with what is here. */
  public void goOn(Lineage next) {
    lineage = next;
  }

  /** Lets go of everything up to {@code offset}. */
  public void raiseFloor(long offset) {
    order.lock();
    try {
      raiseFloorTo(offset);
    } finally {
      order.unlock();
    }
  }

  private void raiseFloorTo(long offset) {
    while (ring.count() > 0 && ring.floor() < offset) {
      removeOldest();
    }
  }

  private Publication add(Publication publication) {
    makeRoom(publication.offset());
    ring.add(publication);
    index
        .computeIfAbsent(publication.topic(), topic -> new OffsetIndex())
        .add(publication.offset());
    retained.put(publication);
    while (ring.publications() > settings.maxCount()
        || (ring.bytes() > settings.maxBytes() && ring.publications() > 1)) {
      removeOldest();
    }
    return publication;
  }

  /** However many holes there are up to {@code offset}: the ring has a bound. */
  private void makeRoom(long offset) {
    long maxSlots = Math.max(MIN_SLOTS, SLOTS_FOR_EACH * (long) settings.maxCount());
    while (ring.count() > 0 && offset - ring.floor() > maxSlots) {
      removeOldest();
    }
    if (offset - ring.floor() > maxSlots) {
      ring.startAt(offset - 1);
    }
  }

  private void expire() {
    long oldestAllowed = clockMillis.getAsLong() - settings.maxAge().toMillis();
    for (Publication oldest = ring.oldest();
        oldest != null && oldest.timeMillis() < oldestAllowed;
        oldest = ring.oldest()) {
      raiseFloorTo(oldest.offset());
    }
  }

  private void removeOldest() {
    Publication oldest = ring.removeOldest();
    OffsetIndex offsets = oldest == null ? null : index.get(oldest.topic());
    if (oldest != null && offsets != null) {
      offsets.removeOldest();
      if (offsets.isEmpty()) {
        index.remove(oldest.topic());
      }
    }
  }

  // What reads it; see TopicLog.

  public String epoch() {
    return lineage.epoch();
  }

  public Position head() {
    order.lock();
    try {
      return new Position(lineage.epoch(), ring.head());
    } finally {
      order.unlock();
    }
  }

  public long floor() {
    order.lock();
    try {
      expire();
      return ring.floor();
    } finally {
      order.unlock();
    }
  }

  public List<Publication> readAfter(long offset, int limit) {
    order.lock();
    try {
      long next = Math.max(offset, ring.floor()) + 1;
      int expected = (int) Math.max(0, Math.min(limit, ring.head() - next + 1));
      List<Publication> found = new ArrayList<>(expected);
      for (; next <= ring.head() && found.size() < limit; next++) {
        Publication publication = ring.find(next);
        if (publication != null) {
          found.add(publication);
        }
      }
      return found;
    } finally {
      order.unlock();
    }
  }

  public List<Publication> readAfter(TopicName topic, long offset, int limit) {
    order.lock();
    try {
      List<Publication> found = new ArrayList<>();
      OffsetIndex offsets = index.get(topic);
      int start = offsets == null ? 0 : offsets.indexAfter(offset);
      for (int i = start; offsets != null && i < offsets.count() && found.size() < limit; i++) {
        found.add(ring.get(offsets.get(i)));
      }
      return found;
    } finally {
      order.unlock();
    }
  }

  public Recovery recover(Position position) {
    order.lock();
    try {
      expire();
      if (!lineage.includes(position.epoch(), position.offset())
          || position.offset() > ring.head() + maxAhead) {
        return new Recovery.Gap(GapReason.EPOCH, 0, ring.floor());
      }
      if (position.offset() < ring.floor()) {
        return new Recovery.Gap(GapReason.RETENTION, position.offset() + 1, ring.floor());
      }
      return new Recovery.Complete(position.offset());
    } finally {
      order.unlock();
    }
  }

  public HistoryPage history(HistoryQuery query) {
    order.lock();
    try {
      expire();
      HistoryScan scan = new HistoryScan(ring, query);
      if (query.pattern().isExact()) {
        scan.topic(index.get(TopicName.of(query.pattern().toString())));
      } else {
        scan.everything();
      }
      return new HistoryPage(new Position(lineage.epoch(), ring.head()), scan.found(), scan.more());
    } finally {
      order.unlock();
    }
  }

  /** All current values, the gateway's own included, in any order. */
  public List<Publication> values() {
    order.lock();
    try {
      return retained.all();
    } finally {
      order.unlock();
    }
  }

  public Snapshot snapshot(TopicPattern pattern) {
    order.lock();
    try {
      return new Snapshot(new Position(lineage.epoch(), ring.head()), retained.matching(pattern));
    } finally {
      order.unlock();
    }
  }
}
