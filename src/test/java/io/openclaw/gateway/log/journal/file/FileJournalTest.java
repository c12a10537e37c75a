package io.openclaw.gateway.log.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.RecordingReader;
import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.Lineage.Life;
import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalTest {
  private static final AtomicLong EPOCHS = new AtomicLong();
  private static final int SEGMENT = 64 << 10;

  @TempDir private Path home;
  private final Deque<FileJournal> open = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private Fsync fsync = Fsync.ALWAYS;
  private int maxCount = 1_000_000;
  private long maxBytes = 1L << 30;

  /** A journal and the one who reads it. */
  private record Opened(FileJournal journal, RecordingReader reader) {
    void write(String... contents) {
      List<byte[]> entries = Arrays.stream(contents).map(FileJournalTest::bytes).toList();
      get(journal.write(entries));
    }

    void write(int from, int to) {
      for (int i = from; i < to; i++) {
        write("e" + i);
      }
    }

    void checkpoint(boolean whole, long upTo, Value... values) {
      get(journal.checkpoint(List.of(values), whole, upTo));
    }

    Lineage lineage() {
      return reader.lineage();
    }

    List<String> contents() {
      return List.copyOf(reader.entries().values());
    }

    List<Long> offsets() {
      return List.copyOf(reader.entries().keySet());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void get(CompletableFuture<Void> future) {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Value value(String slot, long offset, String content) {
    return new Value(slot, new Entry(offset, bytes(content)));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "e" + i).toList();
  }

  private FileJournalSettings settings(Path directory) {
    return new FileJournalSettings(
        directory, fsync, Duration.ofMillis(5), SEGMENT, maxCount, maxBytes, Duration.ofHours(1));
  }

  private Opened open(Path directory) {
    FileJournal journal =
        new FileJournal(
            settings(directory),
            new FileJournal.Parts(
                Thread::new, () -> "epoch-" + EPOCHS.incrementAndGet(), clock::get));
    open.push(journal);
    RecordingReader reader = new RecordingReader();
    journal.open(reader);
    return new Opened(journal, reader);
  }

  private Opened ready(Path directory) {
    Opened opened = open(directory);
    opened.reader.awaitReady();
    return opened;
  }

  /** What a process that is killed now leaves behind. */
  private Path killed(String name) throws IOException {
    Path copy = home.resolve(name);
    try (Stream<Path> files = Files.walk(log())) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".tmp")).sorted().toList()) {
        Files.copy(file, copy.resolve(log().relativize(file).toString()));
      }
    }
    return copy;
  }

  private Path log() {
    return home.resolve("log");
  }

  private static List<Path> segments(Path directory, String kind) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(kind))) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  /** Turns a bit of the first place that has {@code text}. */
  private static void flip(Path directory, String kind, String text) throws IOException {
    for (Path file : segments(directory, kind)) {
      byte[] content = Files.readAllBytes(file);
      int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(text);
      if (at >= 0) {
        content[at] ^= 1;
        Files.write(file, content);
        return;
      }
    }
    throw new AssertionError("no " + text);
  }

  private static List<Path> aside(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("damaged-")).toList();
    }
  }

  @AfterEach
  void close() {
    open.forEach(FileJournal::close);
  }

  // Life.

  @Test
  void beginsWithAnEmptyLifeOfItsOwn() {
    Opened first = ready(log());
    assertEquals(0, first.reader.floor());
    assertEquals(List.of(), first.contents());
    assertNotEquals(first.lineage().epoch(), ready(home.resolve("other")).lineage().epoch());
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void keepsItsLifeAndItsOffsetsOverARestart(Fsync policy) {
    fsync = policy;
    Opened before = ready(log());
    before.write(0, 100);
    before.journal.close();
    Opened after = ready(log());
    assertEquals(before.lineage(), after.lineage());
    assertEquals(before.reader.entries(), after.reader.entries());
    after.write("more");
    assertEquals(101, after.reader.entries().lastKey());
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void keepsEverythingThatWasAcknowledgedWhenItIsKilled(Fsync policy) throws IOException {
    fsync = policy;
    Opened before = ready(log());
    before.write(0, 100);
    Opened after = ready(killed("copy"));
    assertEquals(before.lineage(), after.lineage());
    assertEquals(before.reader.entries(), after.reader.entries());
  }

  @Test
  void readsWhatItWritesInOrderWithoutAHole() {
    Opened opened = ready(log());
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      writes.add(opened.journal.write(List.of(bytes("a" + i), bytes("b" + i))));
    }
    writes.forEach(FileJournalTest::get);
    assertEquals(1_000, opened.offsets().get(999));
    assertEquals("b499", opened.contents().get(999));
  }

  @Test
  void splitsAWriteThatIsLargerThanASegment() {
    String large = "x".repeat(40_000);
    Opened opened = ready(log());
    opened.write(large, large, large, "small");
    opened.journal.close();
    assertEquals(List.of(large, large, large, "small"), ready(log()).contents());
  }

  @Test
  void refusesAnEntryThatNoSegmentHolds() {
    CompletableFuture<Void> write = ready(log()).journal.write(List.of(new byte[SEGMENT]));
    assertTrue(write.isCompletedExceptionally());
  }

  @Test
  void aSecondGatewayWaitsForTheDirectory() {
    Opened first = ready(log());
    first.write("one");
    Opened second = open(log());
    second.reader.awaitObstacle("another gateway uses");
    assertTrue(second.journal.write(List.of(bytes("x"))).isCompletedExceptionally());
    first.journal.close();
    second.reader.awaitReady();
    assertEquals(List.of("one"), second.contents());
  }

  @Test
  void failsWhatIsWrittenAfterItWasClosed() {
    Opened opened = ready(log());
    opened.journal.close();
    assertTrue(opened.journal.write(List.of(bytes("x"))).isCompletedExceptionally());
  }

  // Torn and damaged.

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 25, 300})
  void anEndThatWasTornOffIsNoDamage(int length) throws IOException {
    Opened before = ready(log());
    before.write("one", "two");
    Path kept = killed("kept");
    before.write("y".repeat(1_000));
    tear(kept, killed("copy"), length);
    Path copy = home.resolve("copy");
    Opened after = ready(copy);
    assertEquals(before.lineage(), after.lineage());
    assertEquals(List.of("one", "two"), after.contents());
    after.write("z");
    after.journal.close();
    Opened again = ready(copy);
    assertEquals(List.of("one", "two", "z"), again.contents());
    assertEquals(before.lineage(), again.lineage());
    assertEquals(List.of(), aside(copy));
  }

  /** Leaves only so much of what {@code directory} has more than {@code before} had. */
  private static void tear(Path before, Path directory, int length) throws IOException {
    for (Path file : segments(directory, "entries")) {
      byte[] content = Files.readAllBytes(file);
      byte[] former = Files.readAllBytes(before.resolve("entries").resolve(file.getFileName()));
      int at = Arrays.mismatch(content, former);
      if (at >= 0) {
        System.arraycopy(content, at, former, at, length);
        Files.write(file, former);
      }
    }
  }

  @Test
  void aByteThatChangedWithinMakesANewLifeOfWhatIsLeft() throws IOException {
    Opened before = ready(log());
    before.write("one", "two");
    before.write("three");
    before.write("four");
    Path copy = killed("copy");
    flip(copy, "entries", "three");
    Opened after = ready(copy);
    assertNotEquals(before.lineage().epoch(), after.lineage().epoch());
    assertEquals(List.of(), after.lineage().former());
    assertEquals(List.of("one", "two", "four"), after.contents());
    assertEquals(List.of(1L, 2L, 4L), after.offsets());
    assertEquals(1, aside(copy).size());
    after.write("five");
    after.journal.close();
    Opened again = ready(copy);
    assertEquals(after.lineage(), again.lineage());
    assertEquals(List.of("one", "two", "four", "five"), again.contents());
  }

  @Test
  void aByteThatChangedAtTheEndEndsTheLifeThere() throws IOException {
    Opened before = ready(log());
    before.write("one", "two");
    before.write("three");
    Path copy = killed("copy");
    flip(copy, "entries", "three");
    Opened after = ready(copy);
    assertEquals(List.of(new Life(before.lineage().epoch(), 2)), after.lineage().former());
    assertEquals(List.of("one", "two"), after.contents());
    assertEquals(1, aside(copy).size());
    after.write("other");
    assertEquals(3, after.reader.entries().lastKey());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 9})
  void aFileWhoseHeadIsDamagedIsPutAside(int at) throws IOException {
    Opened before = ready(log());
    before.write("x".repeat(50_000));
    before.write("y".repeat(50_000));
    Path copy = killed("copy");
    Path file = segments(copy, "entries").get(0);
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.write(file, content);
    Opened after = ready(copy);
    assertNotEquals(before.lineage().epoch(), after.lineage().epoch());
    assertEquals(List.of(), after.lineage().former());
    assertEquals(List.of("y".repeat(50_000)), after.contents());
    assertEquals(1, aside(copy).size());
  }

  @Test
  void aFileThatIsGoneIsMissed() throws IOException {
    Opened before = ready(log());
    before.write("x".repeat(50_000));
    before.write("y".repeat(50_000));
    Path copy = killed("copy");
    Files.delete(segments(copy, "entries").get(0));
    Opened after = ready(copy);
    assertNotEquals(before.lineage().epoch(), after.lineage().epoch());
    assertEquals(List.of("y".repeat(50_000)), after.contents());
  }

  @Test
  void anEndThatIsGoneIsMissedWhenItWasClosedInOrder() throws IOException {
    Opened before = ready(log());
    before.write("x".repeat(50_000));
    before.write("y".repeat(50_000));
    before.journal.close();
    List<Path> files = segments(log(), "entries");
    Files.delete(files.get(1));
    Opened after = ready(log());
    assertEquals(List.of(new Life(before.lineage().epoch(), 1)), after.lineage().former());
  }

  @Test
  void filesWithoutTheNameOfTheirLifeMakeANewOne() throws IOException {
    Opened before = ready(log());
    before.write("one");
    Path copy = killed("copy");
    Files.delete(copy.resolve("life"));
    Opened after = ready(copy);
    assertNotEquals(before.lineage().epoch(), after.lineage().epoch());
    assertEquals(List.of("one"), after.contents());
  }

  // Retention and current values.

  @Test
  void letsGoOfTheOldestInWholeFiles() throws IOException {
    maxCount = 10;
    Opened opened = ready(log());
    int written = 0;
    while (written < 100 || segments(log(), "entries").size() > 8) {
      opened.write("x".repeat(10_000));
      written++;
      opened.checkpoint(false, written);
      assertTrue(written < 20_000);
    }
    opened.journal.close();
    Opened after = ready(log());
    assertEquals(opened.lineage(), after.lineage());
    assertTrue(after.contents().size() >= 10);
    assertEquals(written - after.contents().size(), after.reader.floor());
    assertEquals(written, after.reader.entries().lastKey());
  }

  @Test
  void keepsWhatIsNotInTheCheckpointYet() throws IOException {
    FileJournalSettings settings = settings(log());
    Path directory = log().resolve("entries");
    try (EntryFiles files =
        EntryFiles.open(
            settings,
            new Segments(directory, SEGMENT, fsync, false),
            Scan.of(directory),
            clock::get)) {
      IntStream.range(0, 50).forEach(i -> append(files, "e" + i));
      clock.addAndGet(Duration.ofHours(2).toMillis());
      files.letGo(20);
      assertEquals(20, files.floor());
      files.letGo(100);
      assertEquals(49, files.floor());
    }
  }

  private static void append(EntryFiles files, String content) {
    try {
      files.append(List.of(bytes(content)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void currentValuesOutliveTheirEntries() throws IOException {
    Opened opened = ready(log());
    opened.write(0, 4);
    opened.checkpoint(true, 4, value("a", 1, "A"), value("b", 2, "B"), value("c", 4, "C"));
    opened.checkpoint(false, 5, value("a", 5, "A5"), new Value("b", null), value("d", 3, "D"));
    Opened after = ready(killed("copy"));
    assertEquals(List.of("D", "C", "A5"), after.reader.values());
  }

  @Test
  void aWholeCheckpointLeavesNothingElse() throws IOException {
    Opened opened = ready(log());
    opened.write(0, 4);
    opened.checkpoint(true, 4, value("a", 1, "A"), value("b", 2, "B"));
    opened.checkpoint(true, 4, value("b", 3, "B3"));
    Opened after = ready(killed("copy"));
    assertEquals(List.of("B3"), after.reader.values());
  }

  @Test
  void aValueThatIsDamagedMakesANewLife() throws IOException {
    Opened before = ready(log());
    before.write(0, 4);
    before.checkpoint(true, 4, value("a", 1, "alpha"), value("b", 2, "beta"));
    Path copy = killed("copy");
    flip(copy, "values", "alpha");
    Opened after = ready(copy);
    assertNotEquals(before.lineage().epoch(), after.lineage().epoch());
    assertEquals(List.of("beta"), after.reader.values());
    assertEquals(numbers(0, 4), after.contents());
    after.journal.close();
    assertEquals(after.lineage(), ready(copy).lineage());
  }

  @Test
  void theCheckpointStaysSmallHoweverOftenAValueChanges() throws Exception {
    Opened opened = ready(log());
    opened.write("one");
    for (int i = 0; i < 200; i++) {
      opened.checkpoint(false, 1, value("a", 1, "x".repeat(5_000) + i), value("still", 1, "still"));
    }
    opened.journal.close();
    Opened after = ready(log());
    assertEquals(2, after.reader.values().size());
    assertTrue(segments(log(), "values").size() < 12);
  }

  @Test
  void aWriteThatFailsSaysWhy() {
    Opened opened = ready(log());
    opened.journal.close();
    CompletableFuture<Void> write = opened.journal.write(List.of(bytes("x")));
    try {
      write.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertTrue(String.valueOf(e.getCause()).contains("it is closed"));
      return;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it did not fail");
  }
}
