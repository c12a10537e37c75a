package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects one page of the past. Confined to the lock of the log and to one query. */
final class HistoryScan {
  private final PublicationRing ring;
  private final HistoryQuery query;
  private final long after;
  private final long before;
  private final List<Publication> found = new ArrayList<>();
  private boolean more;

  HistoryScan(PublicationRing ring, HistoryQuery query) {
    this.ring = ring;
    this.query = query;
    this.after = Math.max(query.after(), ring.floor());
    this.before = Math.min(query.before(), ring.head() + 1);
  }

  List<Publication> found() {
    return found;
  }

  boolean more() {
    return more;
  }

  /** Looks at the offsets of the one topic that is asked for; null if it has none. */
  void topic(@Nullable OffsetIndex offsets) {
    if (offsets == null) {
      return;
    }
    int low = offsets.indexAfter(after);
    int high = offsets.indexAfter(before - 1) - 1;
    for (int i = query.reverse() ? high : low; low <= i && i <= high && !more; i += step()) {
      take(ring.get(offsets.get(i)));
    }
  }

  /** Looks at every publication in the range. */
  void everything() {
    long at = query.reverse() ? before - 1 : after + 1;
    for (; after < at && at < before && !more; at += step()) {
      Publication publication = ring.find(at);
      if (publication != null && query.pattern().matches(publication.topic())) {
        take(publication);
      }
    }
  }

  private int step() {
    return query.reverse() ? -1 : 1;
  }

  private void take(Publication publication) {
    more = found.size() == query.limit();
    if (!more) {
      found.add(publication);
    }
  }
}
