package io.openclaw.gateway.log.journal.file;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a journal is kept and how much of it.
 *
 * @param directory of this journal alone; made if it is not there
 * @param fsync when what was written is forced to the disk
 * @param fsyncInterval the moment of {@link Fsync#INTERVAL}
 * @param segmentBytes size of each file, which is taken from the disk at once; holds the largest
 *     entry
 * @param maxCount so many entries are kept at least, unless they are too old or too large
 * @param maxBytes more content of entries than this is not kept; the disk holds that, five files
 *     and the current values
 * @param maxAge entries that are older go, but for the last ones written
 */
public record FileJournalSettings(
    Path directory,
    Fsync fsync,
    Duration fsyncInterval,
    int segmentBytes,
    int maxCount,
    long maxBytes,
    Duration maxAge) {
  /** Forced every 50 ms at most, unless each write is. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(50);

  /** 16 MiB: large enough that a new one is rare, small enough to be made at once. */
  public static final int DEFAULT_SEGMENT_BYTES = 16 << 20;

  /** 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** The smallest file. */
  public static final int MIN_SEGMENT_BYTES = 64 << 10;

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public FileJournalSettings {
    if (segmentBytes < MIN_SEGMENT_BYTES) {
      throw new IllegalArgumentException("segment-bytes is 64KiB or more");
    }
    if (maxCount < 1 || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("max-count, max-bytes and max-age are above 0");
    }
    if (fsyncInterval.toMillis() < 1) {
      throw new IllegalArgumentException("fsync-interval is 1ms or more");
    }
  }

  /** The same in a directory below. */
  public FileJournalSettings in(String name) {
    return new FileJournalSettings(
        directory.resolve(name), fsync, fsyncInterval, segmentBytes, maxCount, maxBytes, maxAge);
  }
}
