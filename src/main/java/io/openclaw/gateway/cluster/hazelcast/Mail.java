package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.hazelcast.Letter.Kind;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages, questions and answers. All nodes listen to one topic; answers go to a topic that only
 * the node listens to that asked. Thread-safe.
 */
final class Mail implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Mail.class.getName());
  private static final String ALL = "openclaw.nodes.all";
  private static final String ONE = "openclaw.nodes.";
  private static final byte[] NOTHING = {};

  private final HazelcastInstance hazelcast;
  private final Node self;
  private final Deliveries deliveries;
  private final ITopic<byte[]> all;
  private final ITopic<byte[]> own;
  private final UUID listensToAll;
  private final UUID listensToOwn;
  private final Questions questions = new Questions();
  private final Map<String, BiConsumer<Node, byte[]>> receivers = new ConcurrentHashMap<>();
  private final Map<String, Function<byte[], CompletableFuture<byte[]>>> responders =
      new ConcurrentHashMap<>();

  Mail(HazelcastInstance hazelcast, Node self, Deliveries deliveries) {
    this.hazelcast = hazelcast;
    this.self = self;
    this.deliveries = deliveries;
    this.all = hazelcast.getTopic(ALL);
    this.own = hazelcast.getTopic(ONE + self.name());
    this.listensToOwn = own.addMessageListener(this::arrived);
    this.listensToAll = all.addMessageListener(this::arrived);
  }

  private void arrived(Message<byte[]> message) {
    byte[] bytes = message.getMessageObject();
    deliveries.offer(bytes.length, () -> read(bytes));
  }

  private void read(byte[] bytes) {
    try {
      Letter letter = Letter.decoded(bytes);
      if (!letter.from().equals(self.name())) {
        deliver(letter, new Node(letter.from()));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "another node, of another version, sent what is not known here", e);
    }
  }

  private void deliver(Letter letter, Node from) {
    switch (letter.kind()) {
      case MESSAGE -> {
        BiConsumer<Node, byte[]> receiver = receivers.get(letter.subject());
        if (receiver != null) {
          receiver.accept(from, letter.content());
        }
      }
      case QUESTION -> respond(letter);
      case ANSWER -> questions.answered(letter.id(), from, letter.content());
      case NO_ANSWER -> questions.answered(letter.id(), from, null);
    }
  }

  private void respond(Letter question) {
    Function<byte[], CompletableFuture<byte[]>> responder = responders.get(question.subject());
    CompletableFuture<byte[]> answer =
        responder == null ? CompletableFuture.completedFuture(null) : asked(responder, question);
    CompletableFuture<Boolean> unused =
        answer.handle(
            (content, failure) -> {
              if (failure != null) {
                LOG.log(Level.WARNING, "a question about " + question.subject(), failure);
              }
              send(question.from(), answer(question, content));
              return true;
            });
  }

  private static CompletableFuture<byte[]> asked(
      Function<byte[], CompletableFuture<byte[]>> responder, Letter question) {
    try {
      return responder.apply(question.content());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Letter answer(Letter question, byte @Nullable [] answer) {
    boolean good = answer != null && answer.length <= Cluster.MAX_MESSAGE_BYTES;
    return new Letter(
        good ? Kind.ANSWER : Kind.NO_ANSWER,
        question.id(),
        self.name(),
        question.subject(),
        good && answer != null ? answer : NOTHING);
  }

  private void send(String node, Letter letter) {
    hazelcast.<byte[]>getTopic(ONE + node).publish(letter.encoded());
  }

  void receive(String subject, BiConsumer<Node, byte[]> receiver) {
    receivers.put(subject, receiver);
  }

  void answer(String subject, Function<byte[], CompletableFuture<byte[]>> responder) {
    responders.put(subject, responder);
  }

  void tell(String subject, byte[] message) {
    publish(Kind.MESSAGE, 0, subject, message);
  }

  CompletableFuture<Map<Node, byte[]>> ask(
      String subject, byte[] question, List<Node> asked, Duration timeout) {
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    return questions.ask(asked, timeout, id -> publish(Kind.QUESTION, id, subject, question));
  }

  private void publish(Kind kind, long id, String subject, byte[] content) {
    if (content.length > Cluster.MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a message has " + Cluster.MAX_MESSAGE_BYTES + " bytes at most");
    }
    all.publish(new Letter(kind, id, self.name(), subject, content).encoded());
  }

  /** Waits no more for nodes that are not among these. */
  void keep(List<Node> nodes) {
    questions.keep(nodes);
  }

  @Override
  public void close() {
    if (hazelcast.getLifecycleService().isRunning()) {
      all.removeMessageListener(listensToAll);
      own.removeMessageListener(listensToOwn);
      own.destroy();
    }
    questions.keep(List.of());
  }
}
