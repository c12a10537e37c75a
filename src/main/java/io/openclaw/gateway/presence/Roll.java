package io.openclaw.gateway.presence;

import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who of this node is on which topic, and where the log still says otherwise. It keeps what should
 * be, never what happened: a place that is marked is written as it is when its turn comes. So joins
 * and leaves of a session are in order, a failed write is simply made again, and what waits is
 * bounded by the members that there are or were in the log.
 *
 * <p>Thread-safe; never blocks for longer than memory takes.
 */
final class Roll {
  private final int maxMembers;

  /** Read by anybody, changed under the lock. */
  private final AtomicInteger count = new AtomicInteger();

  // Guarded by this.
  private final Map<TopicName, Map<String, Member>> byTopic = new HashMap<>();
  private final Map<String, Set<TopicName>> bySession = new HashMap<>();
  private final Map<String, Long> leaving = new LinkedHashMap<>();
  private final Set<Place> written = new HashSet<>();
  private final Set<Place> marked = new LinkedHashSet<>();

  Roll(int maxMembers) {
    this.maxMembers = maxMembers;
  }

  /**
   * What is to be written of one place.
   *
   * @param member null: nobody is there
   */
  record Change(Place place, @Nullable Member member) {}

  /** Whether nobody is on it. */
  boolean isEmpty() {
    return count.get() == 0;
  }

  int count() {
    return count.get();
  }

  /**
   * A session is on a topic from now on, or still, perhaps as somebody else.
   *
   * @return false if there is no place for another one
   */
  synchronized boolean join(Place place, Member joining) {
    Member known = find(place);
    if (known == null && count.get() >= maxMembers) {
      return false;
    }
    Member now = known == null ? joining : known.as(joining.user());
    if (!now.equals(known)) {
      put(place, now);
      marked.add(place);
    }
    return true;
  }

  synchronized @Nullable Member find(Place place) {
    Map<String, Member> members = byTopic.get(place.topic());
    return members == null ? null : members.get(place.session());
  }

  private void put(Place place, Member member) {
    Map<String, Member> members = byTopic.computeIfAbsent(place.topic(), t -> new HashMap<>(2));
    if (members.put(place.session(), member) == null) {
      count.incrementAndGet();
      bySession.computeIfAbsent(place.session(), s -> new HashSet<>(2)).add(place.topic());
    }
  }

  /** Changes a member that is there. */
  synchronized void change(Place place, Member member) {
    if (find(place) != null) {
      put(place, member);
      marked.add(place);
    }
  }

  /** A session is not on a topic any more, if it was. */
  synchronized void leave(Place place) {
    Map<String, Member> members = byTopic.get(place.topic());
    if (members == null || members.remove(place.session()) == null) {
      return;
    }
    count.decrementAndGet();
    if (members.isEmpty()) {
      byTopic.remove(place.topic());
    }
    Set<TopicName> topics = bySession.get(place.session());
    if (topics != null && topics.remove(place.topic()) && topics.isEmpty()) {
      bySession.remove(place.session());
    }
    marked.add(place);
  }

  /** A session is gone for good; it leaves all its topics at that moment. */
  synchronized void leaveAt(String session, long millis) {
    if (bySession.containsKey(session)) {
      leaving.putIfAbsent(session, millis);
    }
  }

  /**
   * Those leave whose time has come.
   *
   * @return how long it is to the next one, or {@code most} if that is less
   */
  synchronized Duration expire(long nowMillis, Duration most) {
    Iterator<Map.Entry<String, Long>> oldestFirst = leaving.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<String, Long> each = oldestFirst.next();
      if (each.getValue() > nowMillis) {
        long left = Math.min(each.getValue() - nowMillis, most.toMillis());
        return Duration.ofMillis(left);
      }
      oldestFirst.remove();
      for (TopicName topic : List.copyOf(bySession.getOrDefault(each.getKey(), Set.of()))) {
        leave(new Place(topic, each.getKey()));
      }
    }
    return most;
  }

  /** The members of a topic, by session; a copy. */
  synchronized Map<String, Member> on(TopicName topic) {
    return Map.copyOf(byTopic.getOrDefault(topic, Map.of()));
  }

  /** Where the log says otherwise, at most so many; they count as written from now on. */
  synchronized List<Change> take(int limit) {
    List<Change> changes = new ArrayList<>();
    Iterator<Place> oldestFirst = marked.iterator();
    while (changes.size() < limit && oldestFirst.hasNext()) {
      Place place = oldestFirst.next();
      oldestFirst.remove();
      Member member = find(place);
      if (member != null) {
        written.add(place);
      }
      if (member != null || written.contains(place)) {
        changes.add(new Change(place, member));
      }
    }
    return changes;
  }

  /** These are in the log. */
  synchronized void wrote(Collection<Change> changes) {
    for (Change change : changes) {
      if (change.member() == null && find(change.place()) == null) {
        written.remove(change.place());
      }
    }
  }

  /** These may be in the log, or not: they are written again, as they are then. */
  synchronized void failed(Collection<Change> changes) {
    changes.forEach(change -> marked.add(change.place()));
  }

  /** The log has something for these that it should not have. */
  synchronized void mark(Collection<Place> places) {
    written.addAll(places);
    marked.addAll(places);
  }

  /** All that should be in the log, a copy. */
  synchronized Map<Place, Member> all() {
    Map<Place, Member> all = new HashMap<>();
    byTopic.forEach(
        (topic, members) ->
            members.forEach((session, member) -> all.put(new Place(topic, session), member)));
    return all;
  }
}
