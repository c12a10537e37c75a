package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.file.FileJournal;
import io.openclaw.gateway.log.journal.file.FileJournalSettings;
import io.openclaw.gateway.log.journal.file.Fsync;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in files keeps to what every log keeps to, and outlives its process. */
class FileLogTest extends TopicLogContract {
  private static final AtomicLong WRITERS = new AtomicLong();
  private static final LogSettings SETTINGS =
      new LogSettings(1_000, 1 << 20, Duration.ofHours(1), 100, 1 << 20);

  @TempDir private Path home;
  private final Deque<JournalLog> open = new ArrayDeque<>();

  @Override
  protected TopicLog open(LogSettings settings) {
    return open(home.resolve("log-" + open.size()), settings);
  }

  private JournalLog open(Path directory, LogSettings settings) {
    FileJournalSettings files =
        new FileJournalSettings(
            directory,
            Fsync.NEVER,
            FileJournalSettings.DEFAULT_INTERVAL,
            1 << 20,
            settings.maxCount(),
            64L << 20,
            settings.maxAge());
    FileJournal.Parts parts =
        new FileJournal.Parts(Thread::new, () -> UUID.randomUUID().toString(), time);
    JournalLog log =
        new JournalLog(
            new FileJournal(files, parts),
            WRITERS.incrementAndGet(),
            settings,
            AppendSettings.DEFAULT,
            time,
            System::nanoTime);
    open.push(log);
    log.open();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(() -> log.obstacle().isEmpty());
    return log;
  }

  @AfterEach
  void close() {
    open.forEach(JournalLog::close);
  }

  private static Draft draft(String topic, String json, @Nullable String eventId) {
    return new Draft(TopicName.of(topic), null, new Payload.Json(json), false, null, null, eventId);
  }

  @Test
  void aRestartKeepsEpochOffsetsPublicationsAndCurrentValues() {
    JournalLog before = open(home, SETTINGS);
    before.append(List.of(draft("a", "1", null), draft("b", "2", null))).join();
    before.append(List.of(draft("a", "3", null))).join();
    List<Publication> publications = before.readAfter(0, 10);
    Position head = before.head();
    before.close();
    JournalLog after = open(home, SETTINGS);
    assertEquals(head, after.head());
    assertEquals(publications, after.readAfter(0, 10));
    assertEquals(2, after.snapshot(TopicPattern.of("#")).values().size());
    assertEquals(new Recovery.Complete(1), after.recover(head.at(1)));
  }

  @Test
  void aRedeliveryAfterARestartMakesNoSecondPublication() {
    JournalLog before = open(home, SETTINGS);
    Placement first = before.append(List.of(draft("a", "1", "id-1"))).join().get(0);
    before.close();
    JournalLog after = open(home, SETTINGS);
    Placement again = after.append(List.of(draft("a", "1", "id-1"))).join().get(0);
    assertTrue(again.duplicate());
    assertEquals(first.position(), again.position());
    assertEquals(1, after.head().offset());
  }
}
