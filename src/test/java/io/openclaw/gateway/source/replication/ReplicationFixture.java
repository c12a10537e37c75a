package io.openclaw.gateway.source.replication;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Sources, the nodes of a gateway, that publish into one real log. */
final class ReplicationFixture implements AutoCloseable {
  static final int MAX_PAYLOAD_BYTES = 1000;
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final TopicLog log =
      new MemoryTopicLog("test", LogSettings.DEFAULT, System::currentTimeMillis);
  private final RecordingOutlet deadLetters = new RecordingOutlet();
  private final Deque<Node> nodes = new ArrayDeque<>();
  private final Ingest ingest;

  private ReplicationFixture(int dedupIds) {
    this.ingest = new Ingest(log, new IngestSettings(MAX_PAYLOAD_BYTES, dedupIds));
  }

  static ReplicationFixture create() {
    return new ReplicationFixture(100_000);
  }

  /** A gateway that remembers the ids of only a few events. */
  static ReplicationFixture createForgetful() {
    return new ReplicationFixture(10);
  }

  /** One source of the gateway. */
  record Node(Source source) {
    SourceState.Status status() {
      return source.state().status();
    }

    void awaitStatus(SourceState.Status status) {
      await("status " + status).atMost(LIMIT).until(() -> status() == status);
    }

    void awaitRemark(String part) {
      await(part).atMost(LIMIT).until(() -> source.state().reason().contains(part));
    }

    void awaitNoLag() {
      await("no lag").atMost(LIMIT).until(() -> lagBytes() == 0);
    }

    long lagBytes() {
      return source.lag().map(lag -> lag.amount()).orElse(-1L);
    }

    void stop() {
      source.stop(LIMIT);
      assertEquals(SourceState.Status.STOPPED, status());
    }
  }

  /** Starts a source and returns at once. */
  Node launch(ReplicationSettings settings) {
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(1));
    SourceLoop.Parts parts = new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(10));
    Node node = new Node(ReplicationSource.of(settings, ingest, deadLetters, parts));
    nodes.push(node);
    node.source().start();
    return node;
  }

  /** Starts a source and returns when it reads. */
  Node start(ReplicationSettings settings) {
    Node node = launch(settings);
    node.awaitStatus(SourceState.Status.UP);
    return node;
  }

  List<Publication> published() {
    return log.readAfter(0, Integer.MAX_VALUE);
  }

  int count() {
    return (int) log.head().offset();
  }

  void awaitCount(int count) {
    await("publication " + count).atMost(LIMIT).until(() -> count() >= count);
  }

  /** What was put aside. */
  List<Outbound> deadLetters() {
    return deadLetters.sent();
  }

  void awaitDeadLetters(int count) {
    await("dead letter " + count).atMost(LIMIT).until(() -> deadLetters.sent().size() >= count);
  }

  /** What was published, as {@code topic key data}, or {@code topic key removed}. */
  List<String> texts() {
    return published().stream().map(ReplicationFixture::text).toList();
  }

  private static String text(Publication each) {
    return each.topic() + " " + each.key() + " " + (each.removed() ? "removed" : data(each));
  }

  static String data(Publication publication) {
    return ((Payload.Json) publication.payload()).text();
  }

  /** The value that each key has after all that was published, by topic and key. */
  Map<String, JsonValue> state() {
    Map<String, JsonValue> state = new TreeMap<>();
    for (Publication each : published()) {
      String name = each.topic() + " " + each.key();
      if (each.removed()) {
        state.remove(name);
      } else {
        state.put(name, json(data(each)));
      }
    }
    return state;
  }

  static JsonValue json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
  }
}
