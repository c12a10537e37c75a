package io.openclaw.gateway.log.journal.kafka;

import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.journal.Journal.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the topics, one thing after the other, in a thread of its own: a producer may block
 * while it looks for its brokers.
 *
 * <p>Thread-safe.
 */
final class JournalWriter implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration PROBLEM_LASTS = Duration.ofSeconds(3);

  private final KafkaJournalSettings settings;
  private final KafkaJournal.Clients clients;
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private volatile boolean closing;
  private volatile @Nullable Problem problem;
  private volatile String topicId = "";

  // Confined to the thread.
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /** Something to write. */
  private record Command(Work work, CompletableFuture<Void> done) {}

  /** Writes something. */
  private interface Work {
    void run() throws IOException;
  }

  /** Why the last write failed, and when. */
  private record Problem(String why, long sinceNanos) {}

  JournalWriter(KafkaJournalSettings settings, KafkaJournal.Clients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /** From now on the topic of entries has this id. */
  void topicId(String id) {
    topicId = id;
  }

  CompletableFuture<Void> write(List<byte[]> entries) {
    return enqueue(
        () ->
            send(
                entries.stream()
                    .map(
                        entry ->
                            new ProducerRecord<byte[], byte[]>(settings.topic(), 0, null, entry))
                    .toList()));
  }

  CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo) {
    String id = topicId;
    return enqueue(
        () -> {
          String topic = settings.valuesTopic();
          Set<String> stale =
              whole ? ValuesTopic.load(clients.consumer(), topic).stale(changes) : Set.of();
          send(ValuesTopic.records(topic, changes, stale));
          send(List.of(ValuesTopic.upToRecord(topic, id, upTo)));
        });
  }

  /** Says to all nodes, now and later, that a life has begun after {@code lastOffset}. */
  CompletableFuture<Void> announce(Lives.Named life, long lastOffset) {
    return enqueue(
        () -> {
          String topic = settings.valuesTopic();
          send(
              List.of(
                  ValuesTopic.lifeRecord(topic, life),
                  ValuesTopic.upToRecord(topic, life.topicId(), lastOffset)));
          send(List.of(Lives.announcement(settings.topic(), life)));
        });
  }

  /** Why writing fails at the moment; null if it does not. */
  @Nullable String problem() {
    Problem last = problem;
    if (last == null || System.nanoTime() - last.sinceNanos > PROBLEM_LASTS.toNanos()) {
      return null;
    }
    return last.why;
  }

  private CompletableFuture<Void> enqueue(Work work) {
    Command command = new Command(work, new CompletableFuture<>());
    commands.add(command);
    if (closing && commands.remove(command)) {
      command.done.completeExceptionally(closed());
    }
    return command.done;
  }

  private static LogUnavailableException closed() {
    return new LogUnavailableException("it is closed");
  }

  // The thread.

  @Override
  public void run() {
    while (!closing) {
      Command command = poll();
      if (command != null) {
        run(command);
      }
    }
    dropProducer(CLOSING);
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      command.done.completeExceptionally(closed());
    }
  }

  private @Nullable Command poll() {
    try {
      return commands.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing = true;
      return null;
    }
  }

  private void run(Command command) {
    try {
      command.work.run();
    } catch (IOException | KafkaException | IllegalStateException e) {
      String why =
          "Kafka: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      problem = new Problem(why, System.nanoTime());
      dropProducer(Duration.ZERO);
      command.done.completeExceptionally(new LogUnavailableException(why, e));
      return;
    }
    problem = null;
    command.done.complete(null);
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) throws IOException {
    KafkaProducer<byte[], byte[]> to = producer();
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(to.send(record));
    }
    await(sent);
  }

  private static void await(List<Future<RecordMetadata>> sent) throws IOException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> there = producer;
    if (there == null) {
      Map<String, Object> made = new HashMap<>(clients.producer());
      made.putAll(properties(settings));
      there = new KafkaProducer<>(made);
      producer = there;
    }
    return there;
  }

  private void dropProducer(Duration patience) {
    KafkaProducer<byte[], byte[]> there = producer;
    producer = null;
    if (there != null) {
      there.close(patience);
    }
  }

  /** Ends the thread, soon. */
  void close() {
    closing = true;
    commands.add(new Command(() -> {}, new CompletableFuture<>()));
  }

  /** What its producer is made with, besides what the cluster asks for. */
  private static Map<String, Object> properties(KafkaJournalSettings settings) {
    return Map.of(
        "max.request.size",
        Math.max(1 << 20, settings.maxEntryBytes() + (64 << 10)),
        "batch.size",
        512 << 10);
  }
}
