package io.openclaw.gateway.topic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a topic, everything that was put under a matching pattern. Costs a step for each level
 * of the topic and each wildcard that fits, whatever the number of patterns; adding and removing
 * cost a step for each level, whatever the number of values. Values have no order.
 *
 * <p>Not thread-safe: confined to its owner.
 *
 * @param <T> compared by {@code equals}
 */
public final class TopicTrie<T> {
  private final Node<T> root = new Node<>();
  private final Map<String, Values<T>> exact = new HashMap<>();

  /**
   * Puts {@code value} under {@code pattern}.
   *
   * @return whether that pair is new; it is kept once
   */
  public boolean add(TopicPattern pattern, T value) {
    if (pattern.isExact()) {
      return exact.computeIfAbsent(pattern.toString(), text -> new Values<>()).add(value);
    }
    Node<T> node = root;
    for (String level : pattern.levels()) {
      node = node.child(level);
    }
    return node.add(value);
  }

  /** Takes that pair out again and drops the levels that nothing stands under any more. */
  public boolean remove(TopicPattern pattern, T value) {
    if (!pattern.isExact()) {
      return root.remove(pattern.levels(), 0, value);
    }
    Values<T> values = exact.get(pattern.toString());
    if (values == null || !values.remove(value)) {
      return false;
    }
    if (values.isEmpty()) {
      exact.remove(pattern.toString());
    }
    return true;
  }

  /**
   * Calls {@code action} once for each value of each pattern that matches {@code topic}.
   *
   * @param action does not change this trie
   */
  public void forEachMatch(TopicName topic, Consumer<? super T> action) {
    Values<T> same = exact.get(topic.toString());
    if (same != null) {
      same.each(action);
    }
    root.match(topic, 0, action);
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return exact.isEmpty() && root.isUnused();
  }

  /** One level of the patterns with wildcards. Both fields are null rather than empty. */
  private static final class Node<T> {
    private @Nullable Values<T> values;
    private @Nullable Map<String, Node<T>> children;

    Node<T> child(String level) {
      if (children == null) {
        children = new HashMap<>(4);
      }
      return children.computeIfAbsent(level, text -> new Node<>());
    }

    boolean add(T value) {
      if (values == null) {
        values = new Values<>();
      }
      return values.add(value);
    }

    boolean isUnused() {
      return values == null && children == null;
    }

    boolean remove(List<String> levels, int depth, T value) {
      return depth == levels.size() ? removeHere(value) : removeBelow(levels, depth, value);
    }

    private boolean removeHere(T value) {
      if (values == null || !values.remove(value)) {
        return false;
      }
      if (values.isEmpty()) {
        values = null;
      }
      return true;
    }

    private boolean removeBelow(List<String> levels, int depth, T value) {
      Node<T> next = children == null ? null : children.get(levels.get(depth));
      if (children == null || next == null || !next.remove(levels, depth + 1, value)) {
        return false;
      }
      if (next.isUnused()) {
        children.remove(levels.get(depth));
        if (children.isEmpty()) {
          children = null;
        }
      }
      return true;
    }

    private void each(Consumer<? super T> action) {
      if (values != null) {
        values.each(action);
      }
    }

    /** {@code depth} levels of the topic have led here. */
    void match(TopicName topic, int depth, Consumer<? super T> action) {
      boolean wild = depth > 0 || !topic.isReserved();
      if (children != null && wild) {
        matchRest(children.get(TopicPattern.REST), action);
      }
      if (depth == topic.depth()) {
        each(action);
      } else if (children != null) {
        descend(children.get(topic.level(depth)), topic, depth, action);
        if (wild) {
          descend(children.get(TopicPattern.ONE), topic, depth, action);
        }
      }
    }

    private static <T> void matchRest(@Nullable Node<T> rest, Consumer<? super T> action) {
      if (rest != null) {
        rest.each(action);
      }
    }

    private static <T> void descend(
        @Nullable Node<T> next, TopicName topic, int depth, Consumer<? super T> action) {
      if (next != null) {
        next.match(topic, depth + 1, action);
      }
    }
  }
}
