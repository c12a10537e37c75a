package io.openclaw.gateway.fake;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SharedMap;
import io.openclaw.gateway.cluster.SingleNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** A cluster whose nodes come and go when they are told to, and are deaf. Thread-safe. */
public final class ManualCluster implements Cluster {
  private final Node self;
  private final SingleNode alone;
  private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
  private volatile List<Node> nodes;

  public ManualCluster(String self) {
    this.self = new Node(self);
    this.alone = new SingleNode(this.self, System::nanoTime);
    this.nodes = List.of(this.self);
  }

  /** From now on there are these, oldest first. */
  public void change(String... names) {
    nodes = List.of(names).stream().map(Node::new).toList();
    listeners.forEach(listener -> listener.accept(nodes));
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public void onChange(Consumer<List<Node>> listener) {
    listeners.add(listener);
  }

  @Override
  public void broadcast(String subject, byte[] message) {
    alone.broadcast(subject, message);
  }

  @Override
  public void receive(String subject, BiConsumer<Node, byte[]> receiver) {
    alone.receive(subject, receiver);
  }

  @Override
  public CompletableFuture<Map<Node, byte[]>> ask(
      String subject, byte[] question, Duration timeout) {
    return alone.ask(subject, question, timeout);
  }

  @Override
  public void answerLater(String subject, Function<byte[], CompletableFuture<byte[]>> responder) {
    alone.answerLater(subject, responder);
  }

  @Override
  public SharedMap map(String name) {
    return alone.map(name);
  }
}
