package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The current value of each topic and key. Those of the gateway's own topics, such as who is
 * present where, have the same bounds again for themselves: neither kind drives out the other.
 * Confined to the lock of its log.
 */
final class RetainedValues {
  private final Shelf published;
  private final Shelf own;

  RetainedValues(int maxCount, long maxBytes) {
    published = new Shelf(maxCount, maxBytes);
    own = new Shelf(maxCount, maxBytes);
  }

  /**
   * Makes {@code publication} the current value of its topic and key, or takes that out; unless
   * there is a newer one.
   */
  void put(Publication publication) {
    (publication.topic().isReserved() ? own : published).put(publication);
  }

  List<Publication> all() {
    List<Publication> all = new ArrayList<>(count());
    all.addAll(published.all());
    all.addAll(own.all());
    return all;
  }

  void clear() {
    published.clear();
    own.clear();
  }

  int count() {
    return published.count() + own.count();
  }

  long bytes() {
    return published.bytes() + own.bytes();
  }

  /** The current values of the matching topics in log order. */
  List<Publication> matching(TopicPattern pattern) {
    return (pattern.isReserved() ? own : published).matching(pattern);
  }
}
