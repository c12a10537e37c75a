package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonObject;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through what one session received and compares it with the log:
 *
 * <ol>
 *   <li>a publication is one of the log, and some subscription that stands wants it;
 *   <li>no standing subscription has had it before;
 *   <li>offsets rise, but for a step back to where a new subscription begins;
 *   <li>{@code live} comes when everything up to its offset has come, and before anything newer;
 *   <li>a {@code gap} has nothing in it that its subscription had or gets later;
 *   <li>in the end each subscription has had everything since its start, but what a gap names.
 * </ol>
 */
final class DeliveryChecker {
  private final Map<Long, Publication> log;
  private final Map<Long, SubscribeRequest> requests;
  private final Map<TopicPattern, Wanted> standing = new HashMap<>();
  private long last;
  private int gaps;
  private int publications;

  /**
   * @param log every publication by its offset
   * @param requests what the session asked for by the id of the request
   */
  DeliveryChecker(Map<Long, Publication> log, Map<Long, SubscribeRequest> requests) {
    this.log = log;
    this.requests = requests;
  }

  /** One subscription as its client sees it. */
  private static final class Wanted {
    final TopicPattern pattern;
    final long after;
    final BitSet had = new BitSet();

    /** What other subscriptions had brought when this one began. */
    final BitSet hadByOthers = new BitSet();

    final BitSet gap = new BitSet();
    boolean live;

    Wanted(TopicPattern pattern, long after) {
      this.pattern = pattern;
      this.after = after;
    }

    boolean wants(Publication publication) {
      return publication.offset() > after && pattern.matches(publication.topic());
    }
  }

  int gaps() {
    return gaps;
  }

  int publications() {
    return publications;
  }

  /** Checks all messages of a session in the order of their arrival. */
  void check(List<JsonObject> messages) {
    for (JsonObject message : messages) {
      switch (message.getString("op")) {
        case "subscribed" -> subscribed(message);
        case "unsubscribed" -> unsubscribed(message);
        case "pub" -> publication(message);
        case "live" -> live(message);
        case "gap" -> gap(message);
        case "welcome", "goodbye", "ping" -> {}
        default -> throw new AssertionError("unexpected " + message);
      }
    }
  }

  private void subscribed(JsonObject message) {
    SubscribeRequest request = requests.get(message.getJsonNumber("id").longValue());
    assertNotNull(request, () -> "nobody asked for " + message);
    Wanted old = standing.get(request.pattern());
    long offset = message.getJsonNumber("offset").longValue();
    if (request.since() == null && old != null) {
      old.live = false;
      return;
    }
    long after = request.since() == null ? request.asked().offset() : request.since().offset();
    if (message.getBoolean("recovered")) {
      assertEquals(after, offset, () -> "the start of " + message);
    }
    Wanted wanted = new Wanted(request.pattern(), after);
    standing.remove(request.pattern());
    for (Wanted other : standing.values()) {
      wanted.hadByOthers.or(other.had);
      wanted.hadByOthers.or(other.hadByOthers);
    }
    standing.put(request.pattern(), wanted);
    last = Math.min(last, after);
  }

  private void unsubscribed(JsonObject message) {
    Wanted ended = standing.remove(TopicPattern.of(message.getString("topic")));
    if (ended != null && ended.live) {
      assertComplete(ended, last, "unsubscribed");
    }
  }

  private void publication(JsonObject message) {
    long offset = message.getJsonNumber("offset").longValue();
    Publication published = log.get(offset);
    assertNotNull(published, () -> "not in the log: " + message);
    assertEquals(published.topic().toString(), message.getString("topic"));
    assertEquals(published.payload(), new Payload.Json(String.valueOf(message.get("data"))));
    assertTrue(offset > last, () -> offset + " came after " + last);
    last = offset;
    publications++;
    boolean wanted = false;
    for (Wanted each : standing.values()) {
      if (each.wants(published)) {
        assertFalse(each.had.get((int) offset), () -> each.pattern + " got twice " + message);
        assertFalse(each.gap.get((int) offset), () -> each.pattern + " had a gap at " + message);
        each.had.set((int) offset);
        wanted = true;
      }
    }
    assertTrue(wanted, () -> "nothing subscribed wants " + message);
  }

  private void live(JsonObject message) {
    Wanted wanted = standing.get(TopicPattern.of(message.getString("topic")));
    assertNotNull(wanted, () -> "not subscribed: " + message);
    assertFalse(wanted.live, () -> "live already: " + message);
    long offset = message.getJsonNumber("offset").longValue();
    assertTrue(last <= offset, () -> last + " came before " + message);
    wanted.live = true;
    assertComplete(wanted, offset, "live");
  }

  private void gap(JsonObject message) {
    Wanted wanted = standing.get(TopicPattern.of(message.getString("topic")));
    assertNotNull(wanted, () -> "not subscribed: " + message);
    int from = message.getInt("from");
    int to = message.getInt("to");
    assertTrue(from <= to, () -> "empty: " + message);
    assertTrue(from > wanted.after, () -> "begins before its subscription: " + message);
    assertTrue(wanted.had.get(from, to + 1).isEmpty(), () -> "names what has come: " + message);
    assertTrue(wanted.gap.get(from, to + 1).isEmpty(), () -> "named twice: " + message);
    assertTrue(last < from || !wanted.live, () -> last + " came before " + message);
    wanted.gap.set(from, to + 1);
    gaps++;
  }

  /** The messages are all: nothing is still to come. */
  void checkEnd() {
    long head = log.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    for (Wanted wanted : standing.values()) {
      assertTrue(wanted.live, () -> wanted.pattern + " never became live");
      assertComplete(wanted, head, "the end");
    }
  }

  private void assertComplete(Wanted wanted, long upTo, String when) {
    for (long offset = wanted.after + 1; offset <= upTo; offset++) {
      Publication publication = log.get(offset);
      if (publication != null && wanted.wants(publication)) {
        int at = (int) offset;
        assertTrue(
            wanted.had.get(at) || wanted.hadByOthers.get(at) || wanted.gap.get(at),
            () -> wanted.pattern + " since " + wanted.after + " misses " + at + " at " + when);
      }
    }
  }
}
