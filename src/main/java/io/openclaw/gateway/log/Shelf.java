package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Current values by topic and key. Bounded by count and bytes: the value that was written least
 * recently goes first. Confined to the lock of its log.
 */
final class Shelf {
  private final int maxCount;
  private final long maxBytes;

  /** The one written least recently comes first: nothing is ever looked up in it, only put. */
  private final LinkedHashMap<Slot, Publication> byAge = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<TopicName, Map<String, Publication>> byTopic = new HashMap<>();
  private long bytes;

  Shelf(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /**
   * Makes {@code publication} the current value of its topic and key, or takes that out; unless
   * there is a newer one.
   */
  void put(Publication publication) {
    Slot slot = Slot.of(publication);
    Publication known = byAge.get(slot);
    if (known != null && known.offset() > publication.offset()) {
      return;
    }
    if (publication.removed()) {
      drop(slot);
      return;
    }
    Publication old = byAge.put(slot, publication);
    byTopic.computeIfAbsent(slot.topic, topic -> new HashMap<>(2)).put(slot.key, publication);
    bytes += publication.bytes() - (old == null ? 0 : old.bytes());
    evict();
  }

  private void evict() {
    while (byAge.size() > maxCount || bytes > maxBytes) {
      drop(byAge.keySet().iterator().next());
    }
  }

  private void drop(Slot slot) {
    Publication old = byAge.remove(slot);
    if (old == null) {
      return;
    }
    bytes -= old.bytes();
    Map<String, Publication> keys = byTopic.get(slot.topic);
    if (keys != null && keys.remove(slot.key) != null && keys.isEmpty()) {
      byTopic.remove(slot.topic);
    }
  }

  Collection<Publication> all() {
    return byAge.values();
  }

  void clear() {
    byAge.clear();
    byTopic.clear();
    bytes = 0;
  }

  int count() {
    return byAge.size();
  }

  long bytes() {
    return bytes;
  }

  /** The current values of the matching topics in log order. */
  List<Publication> matching(TopicPattern pattern) {
    List<Publication> found = new ArrayList<>();
    if (pattern.isExact()) {
      addAll(byTopic.get(TopicName.of(pattern.toString())), found);
    } else {
      byTopic.forEach((topic, keys) -> addAll(pattern.matches(topic) ? keys : null, found));
    }
    found.sort(Comparator.comparingLong(Publication::offset));
    return found;
  }

  private static void addAll(@Nullable Map<String, Publication> keys, List<Publication> found) {
    if (keys != null) {
      found.addAll(keys.values());
    }
  }

  /** A topic without keys has one value, under the empty key. */
  private record Slot(TopicName topic, String key) {
    static Slot of(Publication publication) {
      String key = publication.key();
      return new Slot(publication.topic(), key == null ? "" : key);
    }
  }
}
