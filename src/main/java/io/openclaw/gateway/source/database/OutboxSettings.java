package io.openclaw.gateway.source.database;

import java.time.Duration;

/**
 * The table that a database's events are read from.
 *
 * @param table its name, with the schema if it is not on the search path; created if it is missing
 * @param pollInterval how often it is read without having been woken up
 * @param batchSize rows read and appended at a time
 * @param create whether the gateway may create the table, and the triggers that feed it; if not, an
 *     administrator has done so
 */
public record OutboxSettings(String table, Duration pollInterval, int batchSize, boolean create) {
  /** A wake-up that got lost costs one second; 500 rows fill one group commit well. */
  public static final OutboxSettings DEFAULT =
      new OutboxSettings("openclaw_outbox", Duration.ofSeconds(1), 500, true);

  /**
   * @throws IllegalArgumentException if the table is no table name or a bound is out of range
   */
  public OutboxSettings {
    TableName.check(table);
    if (pollInterval.toMillis() < 10) {
      throw new IllegalArgumentException("poll-interval is 10ms or more");
    }
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("batch-size is 1 to 10000");
    }
  }
}
