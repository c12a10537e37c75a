package io.openclaw.gateway.cluster.hazelcast;

import io.openclaw.gateway.cluster.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Questions that wait for answers, {@value #MAX_OPEN} at most. Thread-safe. */
final class Questions {
  static final int MAX_OPEN = 10_000;

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Question> open = new ConcurrentHashMap<>();

  /**
   * Asks, and waits for the answers of those who are asked.
   *
   * @param sender sends the question with the id that it is given
   */
  CompletableFuture<Map<Node, byte[]>> ask(
      Collection<Node> asked, Duration timeout, LongConsumer sender) {
    if (open.size() >= MAX_OPEN) {
      return CompletableFuture.completedFuture(Map.of());
    }
    long id = ids.incrementAndGet();
    Question question = new Question(asked);
    open.put(id, question);
    CompletableFuture<Map<Node, byte[]>> answers =
        question
            .done
            .completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle(
                (done, failure) -> {
                  open.remove(id);
                  return question.answers();
                });
    boolean sent = false;
    try {
      sender.accept(id);
      sent = true;
    } finally {
      if (!sent) {
        open.remove(id);
      }
    }
    return answers;
  }

  /**
   * @param answer null if it has none
   */
  void answered(long id, Node from, byte @Nullable [] answer) {
    Question question = open.get(id);
    if (question != null) {
      question.answered(from, answer);
    }
  }

  /** Waits no more for nodes that are not among these. */
  void keep(List<Node> nodes) {
    open.values().forEach(question -> question.keep(nodes));
  }

  private static final class Question {
    final CompletableFuture<Boolean> done = new CompletableFuture<>();

    // Guarded by this.
    private final Set<Node> waiting;
    private final Map<Node, byte[]> answers = new HashMap<>();

    Question(Collection<Node> asked) {
      waiting = new HashSet<>(asked);
    }

    void answered(Node from, byte @Nullable [] answer) {
      boolean last;
      synchronized (this) {
        if (answer != null) {
          answers.put(from, answer);
        }
        waiting.remove(from);
        last = waiting.isEmpty();
      }
      end(last);
    }

    void keep(List<Node> nodes) {
      boolean last;
      synchronized (this) {
        waiting.retainAll(nodes);
        last = waiting.isEmpty();
      }
      end(last);
    }

    private void end(boolean last) {
      if (last) {
        done.complete(true);
      }
    }

    synchronized Map<Node, byte[]> answers() {
      return Map.copyOf(answers);
    }
  }
}
