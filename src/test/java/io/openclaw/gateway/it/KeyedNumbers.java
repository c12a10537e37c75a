package io.openclaw.gateway.it;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events that count: each key has the numbers from 1 on as its data. Says what is wrong with what
 * arrived of them.
 */
final class KeyedNumbers {
  private KeyedNumbers() {}

  /** The key of event {@code i}. */
  static String key(int i, int keys) {
    return "k" + i % keys;
  }

  /** The number of event {@code i} among those of its key. */
  static int number(int i, int keys) {
    return i / keys + 1;
  }

  /**
   * What is lost, doubled or out of order; empty if nothing is.
   *
   * @param events how many were sent, over so many keys
   */
  static List<String> faults(List<Publication> arrived, int events, int keys) {
    Map<String, Integer> last = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (Publication one : arrived) {
      String key = String.valueOf(one.key());
      int number = Integer.parseInt(((Payload.Json) one.payload()).text());
      int before = last.getOrDefault(key, 0);
      if (number != before + 1) {
        faults.add(key + ": " + number + " after " + before);
      }
      last.put(key, number);
    }
    for (int i = events - keys; i < events; i++) {
      int end = last.getOrDefault(key(i, keys), 0);
      if (end != number(i, keys)) {
        faults.add(key(i, keys) + ": ended with " + end);
      }
    }
    return faults;
  }
}
