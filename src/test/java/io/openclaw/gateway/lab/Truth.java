package io.openclaw.gateway.lab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log as all who looked at it have seen it together: which event is at which offset of which
 * epoch. <i>Confined to one thread.</i>
 */
final class Truth {
  private final Map<String, NavigableMap<Long, Long>> epochs = new LinkedHashMap<>();
  private final Map<String, Map<Integer, NavigableMap<Long, Long>>> byTopic = new HashMap<>();
  private final Map<Long, List<Sending.Place>> places = new HashMap<>();
  private final Map<Long, Integer> topics = new HashMap<>();

  /** With what is known of the events' topics. */
  Truth(Collection<Sending> sendings) {
    sendings.forEach(sending -> topics.put(sending.event(), sending.topic()));
  }

  /** An epoch that somebody was told of. */
  NavigableMap<Long, Long> epoch(String epoch) {
    return epochs.computeIfAbsent(epoch, e -> new TreeMap<>());
  }

  /**
   * Somebody saw an event there.
   *
   * @return the other event that somebody else saw there, or null
   */
  @Nullable Long saw(String epoch, long offset, long event) {
    Long known = epoch(epoch).putIfAbsent(offset, event);
    if (known == null) {
      places.computeIfAbsent(event, e -> new ArrayList<>()).add(new Sending.Place(epoch, offset));
      byTopic
          .computeIfAbsent(epoch, e -> new HashMap<>())
          .computeIfAbsent(topics.getOrDefault(event, ClientLog.ALL), t -> new TreeMap<>())
          .put(offset, event);
      return null;
    }
    return known == event ? null : known;
  }

  /** The offsets between two, without them, that a client of the topic must get. */
  Collection<Long> between(String epoch, int topic, long after, long before) {
    if (after + 1 >= before) {
      return List.of();
    }
    NavigableMap<Long, Long> all =
        topic == ClientLog.ALL
            ? epochs.getOrDefault(epoch, new TreeMap<>())
            : byTopic.getOrDefault(epoch, Map.of()).getOrDefault(topic, new TreeMap<>());
    return all.subMap(after, false, before, false).keySet();
  }

  /** Whether the same event is at the same offset of both epochs. */
  boolean isSame(String one, String other, long offset) {
    return Objects.equals(epoch(one).get(offset), epoch(other).get(offset));
  }

  /** Where an event is; in one epoch, or in several. */
  List<Sending.Place> places(long event) {
    return places.getOrDefault(event, List.of());
  }

  /** Events that are in the log. */
  Collection<Long> events() {
    return places.keySet();
  }

  /** The topic of an event that somebody has sent. */
  int topic(long event) {
    return topics.getOrDefault(event, ClientLog.ALL);
  }

  boolean isKnown(long event) {
    return topics.containsKey(event);
  }

  List<String> epochs() {
    return List.copyOf(epochs.keySet());
  }

  /** The one that was heard of last; empty when there is none. */
  String lastEpoch() {
    return epochs.isEmpty() ? "" : epochs().get(epochs.size() - 1);
  }

  long size() {
    return epochs.values().stream().mapToLong(Map::size).sum();
  }
}
