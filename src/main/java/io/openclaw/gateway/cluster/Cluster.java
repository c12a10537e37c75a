package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All nodes of the gateway, as this one sees them. A cluster that falls apart is two clusters until
 * it has healed: each part goes on by itself.
 *
 * <p>Listeners, receivers and responders are called by one thread, one after the other: what takes
 * longer than some milliseconds is handed to another thread. What they throw is logged.
 * Thread-safe.
 */
public interface Cluster {
  /** The most that one message, question or answer may have. */
  int MAX_MESSAGE_BYTES = 4 << 20;

  /** This node. */
  Node self();

  /** The nodes that are there, this one included, in the same order on all nodes: oldest first. */
  List<Node> nodes();

  /** Whether no node is older: for what one node must do. Soon after a change two may say so. */
  default boolean isOldest() {
    return nodes().get(0).equals(self());
  }

  /** All nodes but this one, oldest first. */
  default List<Node> others() {
    return nodes().stream().filter(node -> !node.equals(self())).toList();
  }

  /** Has {@code listener} told of the nodes that are there, each time after they have changed. */
  void onChange(Consumer<List<Node>> listener);

  /**
   * Tells all other nodes. Returns at once; each gets it at most once, and what one node tells in
   * the order in which it told it. A node that joins at this moment may or may not get it.
   *
   * @param subject says who receives it
   * @throws IllegalArgumentException if it is larger than {@link #MAX_MESSAGE_BYTES}
   */
  void broadcast(String subject, byte[] message);

  /** Has {@code receiver} called with everything about {@code subject}, and who told it. */
  void receive(String subject, BiConsumer<Node, byte[]> receiver);

  /**
   * Asks all other nodes.
   *
   * @param timeout how long answers are waited for
   * @return the answers that came in time, by node; completes when there is nothing to wait for any
   *     more, never with a failure. What depends on it is quick, or asynchronous.
   * @throws IllegalArgumentException if it is larger than {@link #MAX_MESSAGE_BYTES}
   */
  CompletableFuture<Map<Node, byte[]>> ask(String subject, byte[] question, Duration timeout);

  /** Has {@code responder} answer what other nodes ask about {@code subject}. */
  default void answer(String subject, UnaryOperator<byte[]> responder) {
    answerLater(subject, question -> CompletableFuture.completedFuture(responder.apply(question)));
  }

  /** The same for answers that are there later. */
  void answerLater(String subject, Function<byte[], CompletableFuture<byte[]>> responder);

  /** The values with this name: always the same ones, on all nodes. */
  SharedMap map(String name);
}
