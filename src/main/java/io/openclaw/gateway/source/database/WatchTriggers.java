package io.openclaw.gateway.source.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the triggers of watched tables as the settings say. The gateway's own triggers are those
 * that call its watch function; a trigger's name tells what it was made from, so one of the same
 * name is left as it is, and no lock is taken. Confined to the thread of the reader.
 */
final class WatchTriggers {
  private static final String EXISTING =
      """
      SELECT n.nspname, c.relname, t.tgname
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE t.tgfoid = to_regproc(?) AND NOT t.tgisinternal AND t.tgparentid = 0""";

  private final OutboxNames names;
  private final List<WatchSettings> watches;

  WatchTriggers(OutboxNames names, List<WatchSettings> watches) {
    this.names = names;
    this.watches = watches;
  }

  /**
   * Installs, replaces and removes triggers.
   *
   * @return what could not be done, in words; the other tables are not affected by it
   */
  List<String> apply(Connection connection) throws SQLException {
    Set<WatchTrigger.Id> existing = existing(connection);
    if (watches.isEmpty() && existing.isEmpty()) {
      return List.of();
    }
    Sql.run(connection, Sql.resource("watch.sql", names.places()));
    List<String> problems = new ArrayList<>();
    Set<WatchTrigger.Id> wanted = new HashSet<>();
    for (WatchSettings watch : watches) {
      install(connection, watch, existing, wanted, problems);
    }
    existing.removeAll(wanted);
    removeAll(connection, existing, problems);
    return problems;
  }

  private Set<WatchTrigger.Id> existing(Connection connection) throws SQLException {
    Set<WatchTrigger.Id> found = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
      statement.setString(1, names.watchFunction());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          TableRef table = new TableRef(rows.getString(1), rows.getString(2));
          found.add(new WatchTrigger.Id(table, rows.getString(3)));
        }
      }
    }
    return found;
  }

  private void install(
      Connection connection,
      WatchSettings watch,
      Set<WatchTrigger.Id> existing,
      Set<WatchTrigger.Id> wanted,
      List<String> problems)
      throws SQLException {
    try {
      WatchTrigger trigger = WatchTrigger.of(connection, watch);
      if (!existing.contains(trigger.id())) {
        Sql.run(connection, trigger.replacing(names.watchFunction(), existing));
        existing.removeIf(old -> old.table().equals(trigger.id().table()));
      }
      wanted.add(trigger.id());
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw e;
      }
      problems.add("watch of " + watch.table() + ": " + e.getMessage());
      keepOld(connection, watch, existing);
    }
  }

  /** A watch that cannot be changed now goes on as it was. */
  private static void keepOld(
      Connection connection, WatchSettings watch, Set<WatchTrigger.Id> existing)
      throws SQLException {
    TableRef.find(connection, watch.table())
        .ifPresent(table -> existing.removeIf(old -> old.table().equals(table)));
  }

  private static void removeAll(
      Connection connection, Set<WatchTrigger.Id> triggers, List<String> problems)
      throws SQLException {
    for (WatchTrigger.Id trigger : triggers) {
      try {
        Sql.run(connection, trigger.drop());
      } catch (SQLException e) {
        if (connection.isClosed()) {
          throw e;
        }
        problems.add("end of the watch of " + trigger.table() + ": " + e.getMessage());
      }
    }
  }
}
