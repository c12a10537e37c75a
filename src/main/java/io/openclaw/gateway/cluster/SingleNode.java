package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A cluster of one node: nobody to tell or to ask, and nothing ever changes. Thread-safe. */
public final class SingleNode implements Cluster {
  private final Node self;
  private final LongSupplier nanoTime;
  private final Map<String, SharedMap> maps = new ConcurrentHashMap<>();

  /**
   * @param nanoTime a clock that only goes forward, in ns
   */
  public SingleNode(Node self, LongSupplier nanoTime) {
    this.self = self;
    this.nanoTime = nanoTime;
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public List<Node> nodes() {
    return List.of(self);
  }

  @Override
  public void onChange(Consumer<List<Node>> listener) {
    // There is no change.
  }

  @Override
  public void broadcast(String subject, byte[] message) {
    check(message);
  }

  @Override
  public void receive(String subject, BiConsumer<Node, byte[]> receiver) {
    // Nobody else is there to tell anything.
  }

  @Override
  public CompletableFuture<Map<Node, byte[]>> ask(
      String subject, byte[] question, Duration timeout) {
    check(question);
    return CompletableFuture.completedFuture(Map.of());
  }

  private static void check(byte[] message) {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message has " + MAX_MESSAGE_BYTES + " bytes at most");
    }
  }

  @Override
  public void answerLater(String subject, Function<byte[], CompletableFuture<byte[]>> responder) {
    // Nobody else is there to ask.
  }

  @Override
  public SharedMap map(String name) {
    return maps.computeIfAbsent(name, unused -> new LocalMap(nanoTime));
  }
}
