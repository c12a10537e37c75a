package io.openclaw.gateway.source.database;

import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Lag;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads one database's outbox. Of all nodes the one that holds the database's advisory lock reads;
 * the lock goes with the connection, and the others ask for it again and again. The reader is woken
 * up by notifications, and looks by itself every poll interval; while rows come one after the other
 * it looks every two milliseconds. Confined to the thread of its loop.
 */
final class OutboxFeed implements Feed {
  private static final Logger LOG = System.getLogger(OutboxFeed.class.getName());
  private static final long WATCH_RETRY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_WAIT_MILLIS = 500;

  /** While rows come this fast, the next ones are looked for without being woken up. */
  private static final long RECENT_NANOS = Duration.ofMillis(10).toNanos();

  private static final long REST_NANOS = Duration.ofMillis(2).toNanos();
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_lock(hashtext('openclaw outbox'), hashtext(?))";

  private final DatabaseSourceSettings settings;
  private final Connection connection;
  private final OutboxNames names;
  private final OutboxBatch batch;
  private final int maxPayloadBytes;
  private @Nullable Outbox outbox;
  private @Nullable WatchTriggers triggers;
  private List<String> watchProblems = List.of();
  private long watchesAppliedNanos;
  private long nextReadNanos;
  private long rowsSeenNanos;

  /**
   * Opens a connection.
   *
   * @param maxPayloadBytes the bound that the gateway has: what is larger is not even read
   */
  static OutboxFeed open(DatabaseSourceSettings settings, Intake intake, int maxPayloadBytes)
      throws SQLException {
    Connection connection = new DatabaseConnections(settings).open();
    boolean done = false;
    try {
      OutboxFeed feed = new OutboxFeed(settings, connection, intake, maxPayloadBytes);
      done = true;
      return feed;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  private OutboxFeed(
      DatabaseSourceSettings settings, Connection connection, Intake intake, int maxPayloadBytes)
      throws SQLException {
    this.settings = settings;
    this.connection = connection;
    this.names = OutboxNames.resolve(connection, settings.outbox().table());
    this.batch = new OutboxBatch(settings, intake);
    this.maxPayloadBytes = maxPayloadBytes;
    this.nextReadNanos = System.nanoTime();
    this.rowsSeenNanos = nextReadNanos - RECENT_NANOS;
  }

  @Override
  public Progress take() throws SQLException {
    Outbox outbox = this.outbox;
    if (outbox == null) {
      outbox = becomeReader();
      if (outbox == null) {
        return Progress.STANDBY;
      }
      this.outbox = outbox;
    }
    applyWatchesAgain();
    if (System.nanoTime() - nextReadNanos >= 0 && batch.take(connection, outbox)) {
      rowsSeenNanos = System.nanoTime();
      return Progress.BUSY;
    }
    if (System.nanoTime() - rowsSeenNanos < RECENT_NANOS) {
      LockSupport.parkNanos(REST_NANOS);
    } else {
      awaitNotification();
    }
    return Progress.IDLE;
  }

  private @Nullable Outbox becomeReader() throws SQLException {
    if (!Sql.text(connection, TRY_LOCK, names.table()).orElse("").equals("t")) {
      return null;
    }
    new OutboxSchema(names, settings.outbox().create()).ensure(connection);
    Sql.run(connection, "LISTEN " + Sql.identifier(names.name()));
    Outbox outbox = new Outbox(connection, names, maxPayloadBytes);
    triggers = new WatchTriggers(names, settings.watches());
    applyWatches(triggers);
    LOG.log(Level.INFO, "{0}: reading {1}", settings.name(), names.table());
    return outbox;
  }

  private void applyWatchesAgain() throws SQLException {
    if (triggers != null
        && !watchProblems.isEmpty()
        && System.nanoTime() - watchesAppliedNanos > WATCH_RETRY_NANOS) {
      applyWatches(triggers);
    }
  }

  private void applyWatches(WatchTriggers triggers) throws SQLException {
    List<String> problems = settings.outbox().create() ? triggers.apply(connection) : List.of();
    if (!problems.equals(watchProblems)) {
      problems.forEach(problem -> LOG.log(Level.WARNING, "{0}: {1}", settings.name(), problem));
    }
    watchProblems = problems;
    watchesAppliedNanos = System.nanoTime();
  }

  /** Waits for a notification, or until it is time to look without one; never long. */
  private void awaitNotification() throws SQLException {
    long now = System.nanoTime();
    if (now - nextReadNanos >= 0) {
      nextReadNanos = now + settings.outbox().pollInterval().toNanos();
    }
    long left = Math.max(1, (nextReadNanos - now) / 1_000_000);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    if (postgres.getNotifications((int) Math.min(left, LONGEST_WAIT_MILLIS)).length > 0) {
      nextReadNanos = System.nanoTime();
    }
  }

  /** The connection is alive only as long as it is used; its lock goes with it. */
  @Override
  public void keepAlive() throws SQLException {
    if (!connection.isValid(5)) {
      throw new SQLException("the connection is gone");
    }
  }

  @Override
  public Optional<Lag> lag() throws SQLException {
    return outbox == null ? Optional.empty() : Optional.of(Lag.events(outbox.waiting()));
  }

  @Override
  public String remark() {
    return String.join("; ", watchProblems);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "could not close the connection", e);
    }
  }
}
