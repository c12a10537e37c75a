package io.openclaw.gateway.source.database;

import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.Turn;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a source that must not be read twice run on one node at a time: on the one that holds an
 * advisory lock in a database. The others stand by. The lock goes with its connection, which is
 * looked at every second: a node that lost it closes the feed, and begins again. Confined to the
 * thread of its loop.
 */
public final class ExclusiveFeed implements Feed {
  private static final Logger LOG = System.getLogger(ExclusiveFeed.class.getName());
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int CHECK_SECONDS = 5;
  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_lock(hashtext('openclaw source'), hashtext(?))";

  private final String source;
  private final Connection connection;
  private final Opener opener;
  private @Nullable Feed feed;
  private long checkedNanos = System.nanoTime();

  private ExclusiveFeed(String source, Connection connection, Opener opener) {
    this.source = source;
    this.connection = connection;
    this.opener = opener;
  }

  /**
   * The turn of whoever holds the lock.
   *
   * @param source names the lock: the same on all nodes
   * @param database where the lock is
   */
  public static Turn turn(String source, DatabaseSourceSettings database) {
    DatabaseConnections connections = new DatabaseConnections(database);
    return new Turn() {
      @Override
      public Opener around(Opener opener) {
        return () -> new ExclusiveFeed(source, connections.open(), opener);
      }

      /** The database knows; nobody here does between two looks. */
      @Override
      public boolean isNow() {
        return true;
      }
    };
  }

  @Override
  public Progress take() throws Exception {
    Feed mine = feed == null ? join() : feed;
    if (mine == null) {
      return Progress.STANDBY;
    }
    check();
    return mine.take();
  }

  private @Nullable Feed join() throws Exception {
    if (!Sql.text(connection, TRY_LOCK, source).orElse("").equals("t")) {
      return null;
    }
    LOG.log(Level.INFO, "{0}: this node reads", source);
    Feed opened = opener.open();
    feed = opened;
    return opened;
  }

  private void check() throws SQLException {
    long now = System.nanoTime();
    if (now - checkedNanos >= CHECK_NANOS) {
      checkedNanos = now;
      if (!connection.isValid(CHECK_SECONDS)) {
        throw new SQLException("the connection with the lock is gone");
      }
    }
  }

  @Override
  public void keepAlive() throws Exception {
    check();
    if (feed != null) {
      feed.keepAlive();
    }
  }

  @Override
  public Optional<Lag> lag() throws Exception {
    return feed == null ? Optional.empty() : feed.lag();
  }

  @Override
  public String remark() {
    return feed == null ? "" : feed.remark();
  }

  /** The feed ends before the lock is free. */
  @Override
  public void close() {
    if (feed != null) {
      feed.close();
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "could not close the connection", e);
    }
  }
}
