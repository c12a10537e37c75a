package io.openclaw.gateway.source.replication;

import java.time.Duration;

/**
 * How the log of a database is read.
 *
 * @param slot the replication slot, which keeps the place at the database
 * @param publication what the database publishes there
 * @param create whether the gateway makes the publication and adds tables to it; otherwise an
 *     administrator does so
 * @param snapshot whether the rows that are there when the slot is made are published first
 * @param heartbeat how often the database is told how far the gateway is, at least
 * @param maxLagBytes log that may wait before the source remarks on it; 0: it never does
 * @param batchSize changes that are published at a time
 */
public record SlotSettings(
    String slot,
    String publication,
    boolean create,
    boolean snapshot,
    Duration heartbeat,
    long maxLagBytes,
    int batchSize) {
  static final int MAX_NAME_CHARS = 63;

  /** The server is told to give a reader up after 30 seconds. */
  private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(10);

  /**
   * The usual: a publication that the gateway makes, a snapshot, a heartbeat each five seconds, 1
   * GiB of lag, 500 changes at a time.
   */
  public static final SlotSettings DEFAULT =
      new SlotSettings("openclaw", "openclaw", true, true, Duration.ofSeconds(5), 1L << 30, 500);

  /**
   * @throws IllegalArgumentException if a name is none or a bound is out of range
   */
  public SlotSettings {
    if (!slot.matches("[a-z0-9_]{1,63}")) {
      throw new IllegalArgumentException("a slot has a name of 1 to 63 of a-z 0-9 _");
    }
    if (publication.isBlank() || publication.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException("a publication has a name of 1 to 63 characters");
    }
    if (heartbeat.toMillis() < 1_000 || heartbeat.compareTo(LONGEST_HEARTBEAT) > 0) {
      throw new IllegalArgumentException("heartbeat is 1s to 10s");
    }
    if (maxLagBytes < 0) {
      throw new IllegalArgumentException("max-lag-bytes is 0 or more");
    }
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("batch-size is 1 to 10000");
    }
  }
}
