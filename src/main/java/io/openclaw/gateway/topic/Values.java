package io.openclaw.gateway.topic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values under one pattern, each once, without order. One value costs one array slot. Many of
 * them are indexed by place, so that taking one out costs the same however many there are. Confined
 * to the owner of its trie.
 *
 * @param <T> compared by {@code equals}
 */
final class Values<T> {
  /** From so many on, places are looked up instead of searched for. */
  static final int INDEXED_FROM = 32;

  private @Nullable Object[] slots = new Object[1];
  private int count;
  private @Nullable Map<T, Integer> places;

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether {@code value} is new here. */
  boolean add(T value) {
    if (place(value) >= 0) {
      return false;
    }
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, count * 2);
    }
    slots[count] = value;
    if (places != null) {
      places.put(value, count);
    }
    count++;
    if (places == null && count == INDEXED_FROM) {
      places = index();
    }
    return true;
  }

  private Map<T, Integer> index() {
    Map<T, Integer> made = new HashMap<>(INDEXED_FROM * 2);
    for (int i = 0; i < count; i++) {
      made.put(get(i), i);
    }
    return made;
  }

  /** Puts the last value into the place that becomes free. */
  boolean remove(T value) {
    int place = place(value);
    if (place < 0) {
      return false;
    }
    T last = get(--count);
    slots[place] = last;
    slots[count] = null;
    if (places != null) {
      places.put(last, place);
      places.remove(value);
    }
    shrink();
    return true;
  }

  private void shrink() {
    if (count < INDEXED_FROM / 2) {
      places = null;
    }
    if (count > 0 && count <= slots.length / 4) {
      slots = Arrays.copyOf(slots, slots.length / 2);
    }
  }

  private int place(T value) {
    if (places != null) {
      return places.getOrDefault(value, -1);
    }
    for (int i = 0; i < count; i++) {
      if (value.equals(slots[i])) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // slots below count hold values of T, never null
  private T get(int place) {
    return (T) slots[place];
  }

  void each(Consumer<? super T> action) {
    for (int i = 0; i < count; i++) {
      action.accept(get(i));
    }
  }
}
