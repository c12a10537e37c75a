package io.openclaw.gateway.log.journal;

import java.time.Duration;

/**
 * The bounds of what is on its way into a journal.
 *
 * @param maxWaiting publications that were appended and not read back yet; above it appends fail
 * @param maxWaitingBytes their size
 * @param maxWriteBytes one write has at most about so many
 * @param timeout an append that takes longer fails: whether it is in the log is not sure
 * @param maxIds event ids remembered, so that a redelivery makes no second publication
 */
public record AppendSettings(
    int maxWaiting, long maxWaitingBytes, long maxWriteBytes, Duration timeout, int maxIds) {
  /** 50,000 publications, 64 MB; 1 MB for each write; 10 seconds; 200,000 ids. */
  public static final AppendSettings DEFAULT =
      new AppendSettings(50_000, 64L << 20, 1L << 20, Duration.ofSeconds(10), 200_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public AppendSettings {
    if (maxWaiting < 1 || maxWaitingBytes < 1 || maxWriteBytes < 1 || maxIds < 1) {
      throw new IllegalArgumentException("the bounds of appends are above 0");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout of appends is above 0");
    }
  }
}
