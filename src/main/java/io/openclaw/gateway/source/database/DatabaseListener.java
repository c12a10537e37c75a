package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Pause;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceState.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Reads one database's outbox in the thread that runs it. Of all nodes the one that holds the
 * database's advisory lock reads; the lock goes with the connection, and the others ask for it
 * every two seconds. The reader is woken up by notifications, and looks by itself every poll
 * interval.
 *
 * <p>State and counts may be read and {@link #stop()} called from any thread; the rest is confined
 * to the thread that runs it.
 */
final class DatabaseListener implements Runnable {
  private static final Logger LOG = System.getLogger(DatabaseListener.class.getName());
  private static final Duration TAKEOVER_INTERVAL = Duration.ofSeconds(2);
  private static final long WATCH_RETRY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_lock(hashtext('openclaw outbox'), hashtext(?))";

  private final String name;
  private final DatabaseSourceSettings settings;
  private final DatabaseConnections connections;
  private final OutboxBatch batch;
  private final int maxPayloadBytes;
  private final Backoff backoff;
  private final SourceCounters counters = new SourceCounters();
  private final Pause pause = new Pause();
  private volatile SourceState state;
  private List<String> watchProblems = List.of();

  /**
   * @param maxPayloadBytes the bound that {@code ingest} has: what is larger is not even read
   */
  DatabaseListener(
      DatabaseSourceSettings settings, Ingest ingest, int maxPayloadBytes, Backoff backoff) {
    this.name = "database:" + settings.name();
    this.settings = settings;
    this.connections = new DatabaseConnections(settings);
    this.batch = new OutboxBatch(settings, ingest, maxPayloadBytes, counters);
    this.maxPayloadBytes = maxPayloadBytes;
    this.backoff = backoff;
    this.state = SourceState.of(name, Status.STARTING);
  }

  @Override
  public void run() {
    while (!pause.isOver()) {
      try (Connection connection = connections.open()) {
        serve(connection);
      } catch (Exception e) { // whatever fails here, the source must go on
        failed(e);
      }
    }
    state = SourceState.of(name, Status.STOPPED);
  }

  /** Lets the present batch end, and then the thread; returns at once. */
  void stop() {
    pause.end();
  }

  SourceState state() {
    return state;
  }

  SourceCounters.Counts counts() {
    return counters.counts();
  }

  private void serve(Connection connection) throws SQLException {
    OutboxNames names = OutboxNames.resolve(connection, settings.outbox().table());
    if (!becomeReader(connection, names)) {
      return;
    }
    new OutboxSchema(names, settings.outbox().create()).ensure(connection);
    Sql.run(connection, "LISTEN " + Sql.identifier(names.name()));
    Outbox outbox = new Outbox(connection, names, maxPayloadBytes);
    WatchTriggers triggers = new WatchTriggers(names, settings.watches());
    applyWatches(connection, triggers);
    long watchesAppliedNanos = System.nanoTime();
    LOG.log(Level.INFO, "{0}: reading {1}", name, names.table());
    while (!pause.isOver()) {
      if (!batch.take(connection, outbox)) {
        up();
        awaitNotification(connection);
      }
      if (!watchProblems.isEmpty() && System.nanoTime() - watchesAppliedNanos > WATCH_RETRY_NANOS) {
        applyWatches(connection, triggers);
        watchesAppliedNanos = System.nanoTime();
      }
    }
  }

  private boolean becomeReader(Connection connection, OutboxNames names) throws SQLException {
    while (!pause.isOver()) {
      if (Sql.text(connection, TRY_LOCK, names.table()).orElse("").equals("t")) {
        return true;
      }
      if (state.status() != Status.STANDBY) {
        LOG.log(Level.INFO, "{0}: another node reads {1}", name, names.table());
        state = SourceState.of(name, Status.STANDBY);
      }
      backoff.reset();
      pause.await(TAKEOVER_INTERVAL);
    }
    return false;
  }

  private void applyWatches(Connection connection, WatchTriggers triggers) throws SQLException {
    List<String> problems = settings.outbox().create() ? triggers.apply(connection) : List.of();
    if (!problems.equals(watchProblems)) {
      problems.forEach(problem -> LOG.log(Level.WARNING, "{0}: {1}", name, problem));
    }
    watchProblems = problems;
  }

  private void awaitNotification(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    long left = settings.outbox().pollInterval().toMillis();
    while (left > 0 && !pause.isOver()) {
      long wait = Math.min(left, LONGEST_WAIT_MILLIS);
      if (postgres.getNotifications((int) wait).length > 0) {
        return;
      }
      left -= wait;
    }
  }

  private void up() {
    backoff.reset();
    String remark = String.join("; ", watchProblems);
    if (state.status() != Status.UP || !state.reason().equals(remark)) {
      state = new SourceState(name, Status.UP, remark);
    }
  }

  private void failed(Exception e) {
    if (pause.isOver()) {
      return;
    }
    if (backoff.failures() == 0) {
      LOG.log(Level.WARNING, "{0}: failed, trying again: {1}", name, e);
    }
    state = SourceState.down(name, String.valueOf(e.getMessage()));
    pause.await(backoff.next());
  }
}
