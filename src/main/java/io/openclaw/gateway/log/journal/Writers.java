package io.openclaw.gateway.log.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last entry of each writer, so that one that was written again is known. Bounded: of so many
 * processes at a time nobody writes. Confined to the thread that reads.
 */
final class Writers {
  private static final int MAX_WRITERS = 10_000;

  private final LinkedHashMap<Long, Long> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MAX_WRITERS;
        }
      };

  /** Notes the entry; false if this one, or a later one of the same writer, was read before. */
  boolean isNew(long writer, long count) {
    Long last = counts.get(writer);
    if (last != null && last >= count) {
      return false;
    }
    counts.put(writer, count);
    return true;
  }

  void clear() {
    counts.clear();
  }
}
