package io.openclaw.gateway.source;

import io.openclaw.gateway.ingest.IngestResult;
import java.util.concurrent.atomic.LongAdder;

/** What a source has done since it was made. Thread-safe. */
public final class SourceCounters {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /**
   * What was counted, read one after the other.
   *
   * @param accepted events that went into the log
   * @param duplicates events that were there already
   * @param deadLettered events that can never work, put aside with the reason
   * @param skipped events that can never work, dropped because the source's policy says so
   * @param failures attempts that failed and are made again
   */
  public record Counts(
      long accepted, long duplicates, long deadLettered, long skipped, long failures) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);
  }

  /** Counts what became of an event; a rejected one counts when it is put aside. */
  public void count(IngestResult result) {
    if (result instanceof IngestResult.Published) {
      accepted.increment();
    } else if (result instanceof IngestResult.Duplicate) {
      duplicates.increment();
    }
  }

  /** {@code events} were put aside. */
  public void deadLettered(int events) {
    deadLettered.add(events);
  }

  /** {@code events} were dropped. */
  public void skipped(int events) {
    skipped.add(events);
  }

  /** An attempt failed. */
  public void failed() {
    failures.increment();
  }

  /** The present counts. */
  public Counts counts() {
    return new Counts(
        accepted.sum(), duplicates.sum(), deadLettered.sum(), skipped.sum(), failures.sum());
  }
}
