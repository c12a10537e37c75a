package io.openclaw.gateway.source.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Listeners, the nodes of a gateway, that publish into one real log. */
final class ListenerFixture implements AutoCloseable {
  static final OutboxSettings OUTBOX =
      new OutboxSettings("openclaw_outbox", Duration.ofMinutes(1), 500, true);
  static final int MAX_PAYLOAD_BYTES = 1000;

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TopicLog log =
      new MemoryTopicLog("test", LogSettings.DEFAULT, System::currentTimeMillis);
  private final Ingest ingest;
  private final Deque<Node> nodes = new ArrayDeque<>();

  private ListenerFixture(UnaryOperator<TopicLog> around) {
    this.ingest = new Ingest(around.apply(log), new IngestSettings(MAX_PAYLOAD_BYTES, 10_000));
  }

  static ListenerFixture create() {
    return new ListenerFixture(UnaryOperator.identity());
  }

  /** With something between ingest and the log. */
  static ListenerFixture create(UnaryOperator<TopicLog> around) {
    return new ListenerFixture(around);
  }

  /** One source of the gateway. */
  record Node(Source listener) {
    SourceState.Status status() {
      return listener.state().status();
    }

    SourceCounters.Counts counts() {
      return listener.counts();
    }

    void awaitStatus(SourceState.Status status) {
      await("status " + status).atMost(LIMIT).until(() -> status() == status);
    }

    void stop() {
      listener.stop(LIMIT);
      assertEquals(SourceState.Status.STOPPED, status());
    }
  }

  /** Starts a listener and returns at once. */
  Node launch(DatabaseSourceSettings settings) {
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(1));
    SourceLoop.Parts parts = new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(10));
    Node node = new Node(DatabaseSource.of(settings, ingest, MAX_PAYLOAD_BYTES, parts));
    node.listener().start();
    nodes.push(node);
    return node;
  }

  /** Starts a listener and returns when it reads. */
  Node start(DatabaseSourceSettings settings) {
    Node node = launch(settings);
    node.awaitStatus(SourceState.Status.UP);
    return node;
  }

  List<Publication> published() {
    return log.readAfter(0, Integer.MAX_VALUE);
  }

  /** What was published, as {@code topic=data}. */
  List<String> texts() {
    return published().stream().map(each -> each.topic() + "=" + data(each)).toList();
  }

  static String data(Publication publication) {
    return ((Payload.Json) publication.payload()).text();
  }

  void awaitCount(int count) {
    await("publication " + count).atMost(LIMIT).until(() -> log.head().offset() >= count);
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
  }
}
