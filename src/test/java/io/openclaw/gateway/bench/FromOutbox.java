package io.openclaw.gateway.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many rows a second go from the outbox to a client, in order, each once; and how long one
 * takes from the moment when its transaction was due, at 1,000 transactions a second.
 */
final class FromOutbox implements Scenario.Measurement {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "bench/outbox";
  private static final int ROWS_IN_TRANSACTION = 500;
  private static final int PER_SECOND = 1_000;
  private static final String INSERT =
      "INSERT INTO openclaw_outbox (topic, data) SELECT '"
          + TOPIC
          + "', jsonb_build_object('t', ? + n, 'p', repeat('x', 60)) FROM generate_series(1, ?) n";

  @Override
  public boolean needsDatabase() {
    return true;
  }

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    rig.swarm().connect(1, i -> Client.Opening.subscribe(TOPIC), LIMIT);
    try (Connection connection = rig.database().dataSource().getConnection()) {
      deliver(rig, connection, extent.outboxRows() / 4);
      figures.put("outbox to client, rows/s", deliver(rig, connection, extent.outboxRows()));
      latency(rig, connection, extent.firstWarmUp());
      figures.put(
          "outbox, 1,000 commits/s, from due to client: p50 / p99 / p99.9",
          latency(rig, connection, extent.longWindow()));
    }
  }

  /** From the first commit to the last arrival. */
  private static String deliver(Rig rig, Connection connection, int count) throws Exception {
    rig.swarm().count(new Tally(0, Long.MAX_VALUE));
    long began = DueTime.now();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int sent = 0; sent < count; sent += ROWS_IN_TRANSACTION) {
        insert(insert, DueTime.now(), ROWS_IN_TRANSACTION);
      }
    }
    long sent = DueTime.now();
    awaitArrivals(rig, count, began);
    double seconds = (DueTime.now() - began) / 1e9;
    Tally tally = rig.swarm().count(Tally.none());
    String figure = Text.format("%,.0f/s%s", tally.received() / seconds, incomplete(tally, count));
    System.out.println(Text.format("  %s; written in %.1f s", figure, (sent - began) / 1e9));
    return figure;
  }

  private static void insert(PreparedStatement insert, long due, int rows) throws SQLException {
    insert.setLong(1, due);
    insert.setInt(2, rows);
    insert.executeUpdate();
  }

  private static void awaitArrivals(Rig rig, int count, long began) throws Exception {
    long end = began + LIMIT.toNanos();
    while (rig.swarm().received() < count && DueTime.now() < end) {
      Pause.millis(5);
    }
  }

  private static String incomplete(Tally tally, int count) {
    boolean whole = tally.received() == count && tally.disordered() == 0;
    return whole
        ? ""
        : Text.format(
            " (%,d of %,d arrived, %,d out of order)", tally.received(), count, tally.disordered());
  }

  private static String latency(Rig rig, Connection connection, Duration window) throws Exception {
    int count = (int) (window.toMillis() * PER_SECOND / 1_000);
    Tally commits = new Tally(0, Long.MAX_VALUE);
    rig.swarm().count(new Tally(0, Long.MAX_VALUE));
    long began = DueTime.now();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 0; i < count; i++) {
        long due = began + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        LockSupport.parkNanos(due - DueTime.now());
        insert(insert, due, 1);
        commits.came(due, DueTime.now(), true);
      }
    }
    awaitArrivals(rig, count, DueTime.now());
    Tally arrivals = rig.swarm().count(Tally.none());
    System.out.println("  committed after " + millis(commits) + ", arrived " + millis(arrivals));
    return millis(arrivals) + incomplete(arrivals, count);
  }

  private static String millis(Tally tally) {
    return Text.format(
        "%.1f / %.1f / %.1f ms", tally.millis(50), tally.millis(99), tally.millis(99.9));
  }
}
