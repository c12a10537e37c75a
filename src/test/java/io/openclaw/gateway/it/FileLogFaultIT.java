package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.fake.RecordingReader;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.file.FileJournal;
import io.openclaw.gateway.log.journal.file.FileJournalSettings;
import io.openclaw.gateway.log.journal.file.Fsync;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log in files: its process is killed again and again under load, and its disk is full. */
@Tag("once")
class FileLogFaultIT {
  private static final int KILLS = 6;
  private static final long SEED = 42;

  private final WorkDirectory work = WorkDirectory.create();

  @AfterEach
  void clean() {
    work.close();
  }

  // Killed.

  /** What was acknowledged, by number. */
  private final Map<Long, String> acknowledged = new TreeMap<>();

  @ParameterizedTest
  @EnumSource(
      value = Fsync.class,
      names = {"ALWAYS", "NEVER"})
  void whatWasAcknowledgedIsThereOnceAndInItsPlaceHoweverOftenItIsKilled(Fsync fsync)
      throws Exception {
    Random random = new Random(SEED);
    Path directory = work.path().resolve("log-" + fsync);
    long next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      runAndKill(directory, fsync, next, 200 + random.nextInt(800));
      // The last ones come again, as from a source that was not acknowledged.
      next = Math.max(0, last() - 100);
    }
    JournalLog log = FileLogWriter.open(directory, fsync);
    try {
      check(log);
    } finally {
      log.close();
    }
  }

  private long last() {
    return acknowledged.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private void runAndKill(Path directory, Fsync fsync, long first, int millis) throws Exception {
    Path output = work.path().resolve("output-" + UUID.randomUUID());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FileLogWriter.class.getName(),
                directory.toString(),
                fsync.name(),
                Long.toString(first))
            .redirectOutput(output.toFile())
            .redirectError(new File(output + ".err"))
            .start();
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(output).contains(FileLogWriter.READY));
      process.waitFor(millis, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
    note(Files.readString(output));
  }

  /** The last line may be half of one. */
  private void note(String output) {
    int end = output.lastIndexOf('\n');
    for (String line : output.substring(0, Math.max(0, end)).split("\n")) {
      String[] words = line.split(" ");
      if (words.length == 3) {
        String before =
            acknowledged.putIfAbsent(Long.parseLong(words[0]), words[1] + ":" + words[2]);
        assertTrue(before == null || before.equals(words[1] + ":" + words[2]), line);
      }
    }
  }

  private void check(JournalLog log) {
    List<Publication> all = log.readAfter(0, Integer.MAX_VALUE / 2);
    Map<Long, String> found = new TreeMap<>();
    Set<Long> twice = new HashSet<>();
    for (Publication each : all) {
      long number = Long.parseLong(((Payload.Json) each.payload()).text());
      String place = log.head().epoch() + ":" + each.offset();
      if (found.put(number, place) != null) {
        twice.add(number);
      }
    }
    assertEquals(Set.of(), twice);
    acknowledged.forEach((number, place) -> assertEquals(place, found.get(number)));
    assertTrue(acknowledged.size() > 1_000, "only " + acknowledged.size());
    System.out.println(acknowledged.size() + " acknowledged, " + found.size() + " there");
  }

  // Full.

  @Test
  void aFullDiskRefusesWritesUntilThereIsRoomAgain() throws Exception {
    Path mounted = Files.createDirectories(work.path().resolve("small"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", mounted.toString()));
    try {
      fillAndEmpty(mounted);
    } finally {
      run("umount", "-l", mounted.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  private static FileJournal journal(Path directory) {
    return new FileJournal(
        new FileJournalSettings(
            directory,
            Fsync.ALWAYS,
            FileJournalSettings.DEFAULT_INTERVAL,
            1 << 20,
            1_000_000,
            1L << 30,
            Duration.ofHours(1)),
        new FileJournal.Parts(
            Thread::new, () -> UUID.randomUUID().toString(), System::currentTimeMillis));
  }

  private static void fillAndEmpty(Path mounted) throws Exception {
    Path directory = mounted.resolve("log");
    RecordingReader reader = new RecordingReader();
    FileJournal journal = journal(directory);
    journal.open(reader);
    reader.awaitReady();
    Path ballast = mounted.resolve("ballast");
    fill(ballast);
    List<String> written = new ArrayList<>();
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> writeUntilItFails(journal, written));
    assertTrue(refused.toString().contains("No space left"), refused.toString());
    reader.awaitObstacle("bytes free");
    Files.delete(ballast);
    reader.awaitReady();
    journal.write(List.of("after".getBytes(StandardCharsets.UTF_8))).get(30, TimeUnit.SECONDS);
    assertEquals(1, reader.begins());
    journal.close();
    RecordingReader later = new RecordingReader();
    FileJournal again = journal(directory);
    again.open(later);
    later.awaitReady();
    again.close();
    assertEquals(reader.lineage(), later.lineage());
    assertEquals(reader.entries(), later.entries());
    List<String> there = new ArrayList<>(later.entries().values());
    assertTrue(there.containsAll(written) && there.get(there.size() - 1).equals("after"));
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space"), e.toString());
    }
  }

  private static void writeUntilItFails(FileJournal journal, List<String> written)
      throws Exception {
    for (int i = 0; i < 100_000; i++) {
      String content = i + "x".repeat(10_000);
      journal.write(List.of(content.getBytes(StandardCharsets.UTF_8))).get(30, TimeUnit.SECONDS);
      written.add(content);
    }
  }
}
