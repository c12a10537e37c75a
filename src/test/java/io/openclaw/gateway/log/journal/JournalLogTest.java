package io.openclaw.gateway.log.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What entries of several writers make, read as every node reads them. */
class JournalLogTest {
  private static final long ANOTHER_WRITER = 7;

  private final ManualTime time = new ManualTime();
  private final JournalLog log =
      new JournalLog(
          new ReadOnlyJournal(), 1, LogSettings.DEFAULT, AppendSettings.DEFAULT, time, time);

  /** Is read by the test itself. */
  private static final class ReadOnlyJournal implements Journal {
    @Override
    public void open(Reader reader) {}

    @Override
    public CompletableFuture<Void> write(List<byte[]> entries) {
      return CompletableFuture.failedFuture(new IllegalStateException("it is read only"));
    }

    @Override
    public int maxEntries() {
      return 1;
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public boolean keepsCheckpoint() {
      return false;
    }

    @Override
    public CompletableFuture<Void> checkpoint(List<Value> changes, boolean whole, long upTo) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  private Journal.Entry entry(long offset, long count, long lookedTo, String eventId) {
    Draft draft =
        new Draft(TopicName.of("a"), null, new Payload.Json("1"), false, null, null, eventId);
    byte[] content = EntryCodec.encode(draft, ANOTHER_WRITER, lookedTo, time.getAsLong());
    EntryCodec.count(content, count);
    return new Journal.Entry(offset, content);
  }

  private List<Long> offsets() {
    return log.readAfter(0, 100).stream().map(Publication::offset).toList();
  }

  @Test
  void leavesOutAnIdThatWasReadAfterItsWriterHadLooked() {
    log.begin(Lineage.of("e"), 0, List.of());
    log.caughtUp();
    log.read(List.of(entry(1, 1, 0, "x"), entry(2, 2, 0, "x"), entry(3, 3, 0, "y")));
    assertEquals(List.of(1L, 3L), offsets());
  }

  @Test
  void takesAnIdThatItsWriterDidNotKnowAnyMore() {
    log.begin(Lineage.of("e"), 0, List.of());
    log.caughtUp();
    log.read(List.of(entry(1, 1, 0, "x"), entry(2, 2, 1, "x")));
    assertEquals(List.of(1L, 2L), offsets());
  }

  @Test
  void leavesOutWhatItsWriterHasWrittenBefore() {
    log.begin(Lineage.of("e"), 0, List.of());
    log.caughtUp();
    log.read(List.of(entry(1, 1, 0, "x"), entry(2, 2, 1, "y"), entry(3, 2, 1, "z")));
    assertEquals(List.of(1L, 2L), offsets());
  }

  @Test
  void beginsBehindEntriesThatMayRepeatOneThatIsGone() {
    log.begin(Lineage.of("e"), 10, List.of());
    log.read(List.of(entry(11, 1, 10, "x"), entry(12, 2, 5, "y"), entry(13, 3, 12, "z")));
    log.caughtUp();
    assertEquals(12, log.floor());
    assertEquals(List.of(13L), offsets());
  }

  @Test
  void nothingCanBeReliedOnBeforeAllWasRead() {
    log.begin(Lineage.of("e"), 0, List.of());
    assertEquals("", log.epoch());
    log.caughtUp();
    assertEquals("e", log.epoch());
    log.end();
    assertEquals("", log.epoch());
  }
}
