package io.openclaw.gateway.log.journal.kafka;

import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.journal.Journal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a topic of Kafka. The offset of an entry is that of its record, plus one; the life
 * is named after the id of the topic, so a topic that was deleted and made again is another life,
 * and after a number that grows when entries vanished that were read before. What is written counts
 * when all in-sync replicas have it. While the cluster does not answer, writes fail after some ten
 * seconds and then at once; reading goes on where it was.
 *
 * <p>Thread-safe. One thread reads and one writes, beside those of Kafka's clients.
 */
public final class KafkaJournal implements Journal {
  private static final Logger LOGGER = System.getLogger(KafkaJournal.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final int MAX_ENTRIES = 4096;

  private final Parts parts;
  private final JournalWriter writer;
  private final JournalReading reading;
  private volatile boolean closing;
  private volatile @Nullable String obstacle = "it is not open yet";
  private @Nullable Thread readingThread;
  private @Nullable Thread writingThread;

  /**
   * With what Kafka's clients are made; serializers are those of byte arrays.
   *
   * @param producer with {@code acks=all} and idempotence
   * @param consumer without a group, and without a policy to reset offsets
   */
  public record Clients(
      Map<String, Object> admin, Map<String, Object> producer, Map<String, Object> consumer) {
    /** Copies the properties. */
    public Clients {
      admin = Map.copyOf(admin);
      producer = Map.copyOf(producer);
      consumer = Map.copyOf(consumer);
    }

    @Override
    public String toString() {
      return "Clients[" + admin.get("bootstrap.servers") + "]";
    }
  }

  /**
   * What it needs from outside.
   *
   * @param keepsCheckpoint whether this node is the one that does, of all that share the topics
   */
  public record Parts(ThreadFactory threads, BooleanSupplier keepsCheckpoint) {}

  public KafkaJournal(KafkaJournalSettings settings, Clients clients, Parts parts) {
    this.parts = parts;
    this.writer = new JournalWriter(settings, clients);
    this.reading = new JournalReading(settings, clients, writer);
  }

  @Override
  public synchronized void open(Reader reader) {
    readingThread = parts.threads().newThread(() -> run(reader));
    writingThread = parts.threads().newThread(writer);
    readingThread.start();
    writingThread.start();
  }

  private void run(Reader reader) {
    while (!closing) {
      try {
        reading.run(reader, why -> tell(reader, why));
      } catch (WakeupException e) {
        LOGGER.log(Level.DEBUG, "The log is closed");
      } catch (IOException | KafkaException e) {
        LOGGER.log(Level.DEBUG, "The log cannot be read", e);
        tell(reader, reason(e));
        pause();
      } catch (RuntimeException e) {
        LOGGER.log(Level.ERROR, "The thread of the log has failed", e);
        tell(reader, "a fault of its own");
        pause();
      }
    }
    obstacle = "it is closed";
  }

  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e instanceof IOException ? message : "Kafka: " + message;
  }

  private void tell(Reader reader, @Nullable String why) {
    obstacle = why;
    reader.obstacle(why);
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(closing ? 0 : RETRY.toNanos());
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  @Override
  public CompletableFuture<Void> write(List<byte[]> entries) {
    String why = obstacle;
    return why == null
        ? writer.write(entries)
        : CompletableFuture.failedFuture(new LogUnavailableException(why));
  }

  @Override
  public CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo) {
    String why = obstacle;
    return why == null
        ? writer.checkpoint(changes, whole, upTo)
        : CompletableFuture.failedFuture(new LogUnavailableException(why));
  }

  @Override
  public int maxEntries() {
    return MAX_ENTRIES;
  }

  @Override
  public boolean keepsCheckpoint() {
    return parts.keepsCheckpoint().getAsBoolean();
  }

  @Override
  public void close() {
    closing = true;
    reading.close();
    writer.close();
    Thread first;
    Thread second;
    synchronized (this) {
      first = readingThread;
      second = writingThread;
    }
    awaitEnd(first);
    awaitEnd(second);
  }

  private static void awaitEnd(@Nullable Thread running) {
    if (running != null) {
      try {
        running.join(CLOSING.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
