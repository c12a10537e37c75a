package io.openclaw.gateway.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a topic, everything that was put under a matching pattern. Costs a step for each level
 * of the topic and each wildcard that fits, whatever the number of patterns. Values of a pattern
 * are kept as a list without order.
 *
 * <p>Not thread-safe: confined to its owner.
 *
 * @param <T> compared by {@code equals} on removal
 */
public final class TopicTrie<T> {
  private final Node<T> root = new Node<>();
  private final Map<String, Node<T>> exact = new HashMap<>();

  /** Puts {@code value} under {@code pattern}; the same pair twice is kept twice. */
  public void add(TopicPattern pattern, T value) {
    if (pattern.isExact()) {
      exact.computeIfAbsent(pattern.toString(), text -> new Node<>()).add(value);
      return;
    }
    Node<T> node = root;
    for (String level : pattern.levels()) {
      node = node.child(level);
    }
    node.add(value);
  }

  /** Takes one such pair out again and drops the levels that nothing stands under any more. */
  public boolean remove(TopicPattern pattern, T value) {
    if (!pattern.isExact()) {
      return root.remove(pattern.levels(), 0, value);
    }
    Node<T> node = exact.get(pattern.toString());
    if (node == null || !node.values.remove(value)) {
      return false;
    }
    if (node.values.isEmpty()) {
      exact.remove(pattern.toString());
    }
    return true;
  }

  /** Calls {@code action} once for each value of each pattern that matches {@code topic}. */
  public void forEachMatch(TopicName topic, Consumer<? super T> action) {
    Node<T> same = exact.get(topic.toString());
    if (same != null) {
      same.each(action);
    }
    if (root.children != null) {
      root.match(topic, 0, action);
    }
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return exact.isEmpty() && root.isLeaf();
  }

  private static final class Node<T> {
    private final ArrayList<T> values = new ArrayList<>(1);
    private @Nullable Map<String, Node<T>> children;

    Node<T> child(String level) {
      if (children == null) {
        children = new HashMap<>(4);
      }
      return children.computeIfAbsent(level, text -> new Node<>());
    }

    void add(T value) {
      values.add(value);
    }

    boolean isLeaf() {
      return children == null || children.isEmpty();
    }

    boolean remove(List<String> levels, int depth, T value) {
      if (depth == levels.size()) {
        return values.remove(value);
      }
      Node<T> next = children == null ? null : children.get(levels.get(depth));
      if (next == null || !next.remove(levels, depth + 1, value)) {
        return false;
      }
      if (next.values.isEmpty() && next.isLeaf() && children != null) {
        children.remove(levels.get(depth));
      }
      return true;
    }

    void each(Consumer<? super T> action) {
      for (int i = 0; i < values.size(); i++) {
        action.accept(values.get(i));
      }
    }

    void match(TopicName topic, int depth, Consumer<? super T> action) {
      if (children == null) {
        if (depth == topic.depth()) {
          each(action);
        }
        return;
      }
      boolean wild = depth > 0 || !topic.isReserved();
      if (wild) {
        matchRest(action);
      }
      if (depth == topic.depth()) {
        each(action);
        return;
      }
      descend(children.get(topic.level(depth)), topic, depth, action);
      if (wild) {
        descend(children.get(TopicPattern.ONE), topic, depth, action);
      }
    }

    private void matchRest(Consumer<? super T> action) {
      Node<T> rest = children == null ? null : children.get(TopicPattern.REST);
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
