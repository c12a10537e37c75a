package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where in the journal each event id was seen last. Bounded by count; what was seen longest ago
 * goes first. Thread-safe, guarded by itself.
 */
final class EventIds {
  /** Says that an id is not known. */
  static final long ABSENT = -1;

  private final Map<String, Long> offsets;

  EventIds(int maxIds) {
    this.offsets =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > maxIds;
          }
        };
  }

  /** The offset at which the id was seen on the topic, or {@link #ABSENT}. */
  synchronized long find(TopicName topic, String eventId) {
    return offsets.getOrDefault(name(topic, eventId), ABSENT);
  }

  /** Notes that the id is at {@code offset} now. */
  synchronized void put(TopicName topic, String eventId, long offset) {
    String name = name(topic, eventId);
    offsets.remove(name);
    offsets.put(name, offset);
  }

  synchronized void clear() {
    offsets.clear();
  }

  private static String name(TopicName topic, String eventId) {
    return topic + "\u0000" + eventId;
  }
}
