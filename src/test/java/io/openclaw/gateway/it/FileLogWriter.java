package io.openclaw.gateway.it;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.file.FileJournal;
import io.openclaw.gateway.log.journal.file.FileJournalSettings;
import io.openclaw.gateway.log.journal.file.Fsync;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A process that appends to a log in files until it is killed: numbers from the one it is given,
 * each its own event id. For each that was acknowledged it writes a line: number and position.
 */
final class FileLogWriter {
  static final LogSettings SETTINGS =
      new LogSettings(500_000, 256L << 20, Duration.ofHours(1), 1_000, 8 << 20);
  static final String READY = "ready";

  private static final int IN_FLIGHT = 64;

  private FileLogWriter() {}

  /** The directory, the fsync policy, the first number. */
  public static void main(String[] arguments) throws Exception {
    JournalLog log = open(Path.of(arguments[0]), Fsync.valueOf(arguments[1]));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    out.println(READY);
    Semaphore places = new Semaphore(IN_FLIGHT);
    for (long number = Long.parseLong(arguments[2]); ; number++) {
      places.acquire();
      append(log, number, out, places);
      log.sweep();
    }
  }

  /** Opens the log and returns when it takes something. */
  static JournalLog open(Path directory, Fsync fsync) throws InterruptedException {
    FileJournalSettings files =
        new FileJournalSettings(
            directory,
            fsync,
            FileJournalSettings.DEFAULT_INTERVAL,
            1 << 20,
            SETTINGS.maxCount(),
            256L << 20,
            SETTINGS.maxAge());
    FileJournal.Parts parts =
        new FileJournal.Parts(
            Thread::new, () -> UUID.randomUUID().toString(), System::currentTimeMillis);
    JournalLog log =
        new JournalLog(
            new FileJournal(files, parts),
            UUID.randomUUID().getMostSignificantBits(),
            SETTINGS,
            AppendSettings.DEFAULT,
            System::currentTimeMillis,
            System::nanoTime);
    log.open();
    while (log.obstacle().isPresent()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return log;
  }

  private static void append(JournalLog log, long number, PrintStream out, Semaphore places) {
    CompletableFuture<Void> unused =
        log.append(List.of(draft(number)))
            .handle(
                (placements, failure) -> {
                  places.release();
                  if (placements != null) {
                    acknowledge(number, placements.get(0), out);
                  }
                  return null;
                });
  }

  private static void acknowledge(long number, Placement placement, PrintStream out) {
    out.println(number + " " + placement.position().epoch() + " " + placement.position().offset());
    out.flush();
  }

  /** Each tenth has its own key, so that there are current values. */
  static Draft draft(long number) {
    return new Draft(
        TopicName.of("numbers/" + number % 7),
        number % 10 == 0 ? "k" + number % 100 : null,
        new Payload.Json(Long.toString(number)),
        false,
        null,
        null,
        "id-" + number);
  }
}
