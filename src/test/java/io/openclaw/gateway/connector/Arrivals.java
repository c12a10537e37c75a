package io.openclaw.gateway.connector;

import java.util.ArrayList;
import java.util.List;

/** Checks that each key has its events 0, 1, 2 and so on, each once, in that order. */
public final class Arrivals {
  private static final int SHOWN = 5;

  private Arrivals() {}

  /**
   * What is wrong with {@code events}; empty if nothing is.
   *
   * @param count how many there must be over all keys
   */
  public static List<String> faults(List<NumberedEvent> events, int count) {
    List<String> faults = new ArrayList<>();
    if (events.size() != count) {
      faults.add("there are " + events.size() + " and not " + count);
    }
    int[] next = new int[NumberedEvent.KEYS];
    for (NumberedEvent event : events) {
      if (event.k() >= next.length || event.n() != next[event.k()]) {
        faults.add("unexpected " + event.id());
      } else {
        next[event.k()]++;
      }
    }
    return faults.size() > SHOWN ? faults.subList(0, SHOWN) : faults;
  }
}
