package io.openclaw.gateway.source.replication;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A replication slot as the database sees it: the place up to which the log was read, and from
 * which on it is kept.
 *
 * @param isOurs whether it can be read with {@code pgoutput} in this database
 * @param active whether somebody reads it
 * @param lost whether the database threw away what it needs
 * @param lagBytes log that was not confirmed yet
 */
record Slot(boolean isOurs, boolean active, boolean lost, long lagBytes) {
  /** The one node that may read. */
  private static final String LOCK =
      "SELECT pg_try_advisory_lock(hashtext('openclaw replication'), hashtext(?))";

  private static final String FIND =
      """
      SELECT coalesce(plugin = 'pgoutput' AND database = current_database(), false), active,
        coalesce(wal_status = 'lost', false),
        coalesce(pg_wal_lsn_diff(
          CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
          confirmed_flush_lsn), 0)
      FROM pg_replication_slots WHERE slot_name = ?""";

  /** Whether this connection has, or gets, the right to read; it ends with the connection. */
  static boolean lock(Connection connection, String name) throws SQLException {
    return Sql.query(connection, row -> row.getBoolean(1), LOCK, name).get(0);
  }

  /** The slot of that name, if there is one. */
  static Optional<Slot> find(Connection connection, String name) throws SQLException {
    List<Slot> found = Sql.query(connection, Slot::read, FIND, name);
    return found.stream().findFirst();
  }

  private static Slot read(ResultSet row) throws SQLException {
    return new Slot(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getLong(4));
  }

  /** Makes one that begins here. */
  static void create(Connection connection, String name) throws SQLException {
    Sql.query(
        connection, row -> 1, "SELECT pg_create_logical_replication_slot(?, 'pgoutput')", name);
  }

  /** Makes one that begins where another one begins, which may be temporary. */
  static void copy(Connection connection, String from, String name) throws SQLException {
    Sql.query(
        connection, row -> 1, "SELECT pg_copy_logical_replication_slot(?, ?, false)", from, name);
  }

  /** Drops one: what it kept is gone for ever. */
  static void drop(Connection connection, String name) throws SQLException {
    Sql.query(connection, row -> 1, "SELECT pg_drop_replication_slot(?)", name);
  }
}
