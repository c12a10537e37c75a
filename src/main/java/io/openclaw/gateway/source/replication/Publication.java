package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.database.WatchSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a database publishes for a source.
 *
 * <ol>
 *   <li>A table that does not exist is left out.
 *   <li>A table without anything that identifies its rows is not added: the database would refuse
 *       every update of it from then on.
 *   <li>A publication that is missing is made, and tables that it lacks are added, if the gateway
 *       may; nothing is ever taken out.
 * </ol>
 *
 * @param tables those that are published
 * @param problems what is not as the settings want it, in words
 */
record Publication(List<WatchedTable> tables, List<String> problems) {
  private static final String EXISTS = "SELECT 1 FROM pg_publication WHERE pubname = ?";
  private static final String MEMBERS =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  /** Copies the lists. */
  Publication {
    tables = List.copyOf(tables);
    problems = List.copyOf(problems);
  }

  private record Member(String schema, String name) {}

  /**
   * Looks at the publication and makes it fit, as far as it may.
   *
   * @throws SQLException if there is none, or it has none of the tables
   */
  static Publication ensure(Connection connection, ReplicationSettings settings)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    List<WatchedTable> wanted = wanted(connection, settings.tables(), problems);
    SlotSettings slot = settings.slot();
    boolean exists = !Sql.query(connection, row -> 1, EXISTS, slot.publication()).isEmpty();
    if (!exists && !slot.create()) {
      throw new SQLException("there is no publication " + slot.publication());
    }
    List<Member> members =
        Sql.query(
            connection,
            row -> new Member(row.getString(1), row.getString(2)),
            MEMBERS,
            slot.publication());
    List<WatchedTable> present = new ArrayList<>();
    for (WatchedTable table : wanted) {
      if (members.contains(new Member(table.schema(), table.name()))
          || add(connection, slot, table, exists, problems)) {
        exists = true;
        present.add(table);
      }
    }
    if (present.isEmpty()) {
      throw new SQLException(String.join("; ", problems));
    }
    return new Publication(present, problems);
  }

  private static List<WatchedTable> wanted(
      Connection connection, List<WatchSettings> settings, List<String> problems)
      throws SQLException {
    List<WatchedTable> wanted = new ArrayList<>();
    for (WatchSettings one : settings) {
      Optional<WatchedTable> table = WatchedTable.find(connection, one);
      table.ifPresentOrElse(
          wanted::add, () -> problems.add("the table " + one.table() + " does not exist"));
      table.map(Publication::remark).filter(text -> !text.isEmpty()).ifPresent(problems::add);
    }
    return wanted;
  }

  private static String remark(WatchedTable table) {
    return table.untold().isEmpty() || table.identity().isEmpty()
        ? ""
        : table
            + ": deletes come without "
            + table.untold().stream().collect(Collectors.joining(", "))
            + ", which topic or key need; REPLICA IDENTITY FULL would tell";
  }

  /** Whether the table is in the publication now. */
  private static boolean add(
      Connection connection,
      SlotSettings slot,
      WatchedTable table,
      boolean exists,
      List<String> problems)
      throws SQLException {
    if (!slot.create()) {
      problems.add("the publication " + slot.publication() + " has not " + table);
      return false;
    }
    if (table.identity().isEmpty()) {
      problems.add(
          table
              + " has neither primary key nor replica identity: published, its updates would fail");
      return false;
    }
    String publication = Sql.identifier(slot.publication());
    try {
      Sql.run(
          connection,
          exists
              ? "ALTER PUBLICATION " + publication + " ADD TABLE " + table.sql()
              : "CREATE PUBLICATION "
                  + publication
                  + " FOR TABLE "
                  + table.sql()
                  + " WITH (publish_via_partition_root = true)");
      return true;
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw e;
      }
      problems.add(table + ": " + e.getMessage());
      return false;
    }
  }
}
