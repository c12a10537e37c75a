package io.openclaw.gateway.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the event ids seen last, and where in the log they went. Bounded by count; the oldest
 * goes first. Thread-safe, guarded by itself.
 */
final class RecentIds {
  /** Says that an id was not known. */
  static final long ABSENT = -1;

  private static final Long STAGED = 0L;

  private final Map<String, Long> offsets;

  RecentIds(int maxIds) {
    this.offsets =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > maxIds;
          }
        };
  }

  /**
   * Remembers {@code id} if it is new.
   *
   * @return {@link #ABSENT} if it was new, 0 if it is staged, else the offset it went to
   */
  synchronized long putIfAbsent(String id) {
    Long known = offsets.putIfAbsent(id, STAGED);
    return known == null ? ABSENT : known;
  }

  /** Forgets {@code id}: it may come again as new. Null is ignored. */
  synchronized void forget(@Nullable String id) {
    offsets.remove(id);
  }

  /** Notes where {@code id} went, if it is still remembered. */
  synchronized void setOffset(String id, long offset) {
    offsets.replace(id, offset);
  }
}
