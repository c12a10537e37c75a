package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The log of a single node: everything in memory, bounded by count, bytes and age. Its life ends
 * with the process, so every instance has an epoch of its own.
 *
 * <p>Thread-safe: one lock orders the appends and guards all state; it is held for memory
 * operations only.
 */
public final class MemoryTopicLog implements TopicLog {
  private final String epoch;
  private final LogSettings settings;
  private final LongSupplier clockMillis;
  private final ReentrantLock order = new ReentrantLock();
  private final PublicationRing ring = new PublicationRing();
  private final Map<TopicName, OffsetIndex> index = new HashMap<>();
  private final RetainedValues retained;
  private final List<PublicationListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param epoch names this life of the log; never used before
   * @param clockMillis ms since the Unix epoch
   */
  public MemoryTopicLog(String epoch, LogSettings settings, LongSupplier clockMillis) {
    this.epoch = epoch;
    this.settings = settings;
    this.clockMillis = clockMillis;
    this.retained = new RetainedValues(settings.maxRetainedCount(), settings.maxRetainedBytes());
  }

  @Override
  public Position head() {
    order.lock();
    try {
      return new Position(epoch, ring.head());
    } finally {
      order.unlock();
    }
  }

  @Override
  public long floor() {
    order.lock();
    try {
      expire();
      return ring.floor();
    } finally {
      order.unlock();
    }
  }

  @Override
  public List<Publication> append(List<Draft> drafts) {
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
    listeners.forEach(PublicationListener::appended);
    return appended;
  }

  private Publication add(Publication publication) {
    ring.add(publication);
    index
        .computeIfAbsent(publication.topic(), topic -> new OffsetIndex())
        .add(publication.offset());
    retained.put(publication);
    while (ring.count() > settings.maxCount()
        || (ring.bytes() > settings.maxBytes() && ring.count() > 1)) {
      removeOldest();
    }
    return publication;
  }

  private void expire() {
    long oldestAllowed = clockMillis.getAsLong() - settings.maxAge().toMillis();
    while (ring.count() > 0 && ring.get(ring.floor() + 1).timeMillis() < oldestAllowed) {
      removeOldest();
    }
  }

  private void removeOldest() {
    TopicName topic = ring.removeOldest().topic();
    OffsetIndex offsets = index.get(topic);
    if (offsets != null) {
      offsets.removeOldest();
      if (offsets.isEmpty()) {
        index.remove(topic);
      }
    }
  }

  @Override
  public List<Publication> readAfter(long offset, int limit) {
    order.lock();
    try {
      long first = Math.max(offset, ring.floor()) + 1;
      long last = Math.min(ring.head(), first + limit - 1);
      List<Publication> found = new ArrayList<>((int) Math.max(0, last - first + 1));
      for (long next = first; next <= last; next++) {
        found.add(ring.get(next));
      }
      return found;
    } finally {
      order.unlock();
    }
  }

  @Override
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

  @Override
  public Recovery recover(Position position) {
    order.lock();
    try {
      expire();
      if (!position.epoch().equals(epoch) || position.offset() > ring.head()) {
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

  @Override
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
      return new HistoryPage(new Position(epoch, ring.head()), scan.found(), scan.more());
    } finally {
      order.unlock();
    }
  }

  @Override
  public Snapshot snapshot(TopicPattern pattern) {
    order.lock();
    try {
      return new Snapshot(new Position(epoch, ring.head()), retained.matching(pattern));
    } finally {
      order.unlock();
    }
  }

  @Override
  public void listen(PublicationListener listener) {
    listeners.add(listener);
  }

  @Override
  public boolean isVolatile() {
    return true;
  }
}
