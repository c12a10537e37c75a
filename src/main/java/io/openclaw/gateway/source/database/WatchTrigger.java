package io.openclaw.gateway.source.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The trigger that one watch needs.
 *
 * @param id where it is
 * @param arguments the key's column or nothing, then the parts of the topic: literal, column,
 *     literal, … literal
 */
record WatchTrigger(Id id, List<String> arguments) {
  private static final String PREFIX = "openclaw_watch_";

  WatchTrigger {
    arguments = List.copyOf(arguments);
  }

  /**
   * A trigger of the gateway.
   *
   * @param name changes with what it does
   */
  record Id(TableRef table, String name) {
    String drop() {
      return "DROP TRIGGER IF EXISTS " + Sql.identifier(name) + " ON " + table + ";";
    }
  }

  /**
   * @throws SQLException if the table or a column does not exist
   */
  static WatchTrigger of(Connection connection, WatchSettings watch) throws SQLException {
    TableRef table =
        TableRef.find(connection, watch.table())
            .orElseThrow(() -> new SQLException("the table does not exist"));
    List<String> arguments = new ArrayList<>();
    arguments.add(watch.key() == null ? "" : column(connection, table, watch.key()));
    Matcher place = WatchSettings.PLACEHOLDER.matcher(watch.topic());
    int end = 0;
    while (place.find()) {
      arguments.add(watch.topic().substring(end, place.start()));
      arguments.add(column(connection, table, place.group(1)));
      end = place.end();
    }
    arguments.add(watch.topic().substring(end));
    return new WatchTrigger(new Id(table, name(arguments)), arguments);
  }

  private static String column(Connection connection, TableRef table, @Nullable String name)
      throws SQLException {
    String setting = String.valueOf(name);
    return table
        .column(connection, setting)
        .orElseThrow(() -> new SQLException("the column " + setting + " does not exist"));
  }

  private static String name(List<String> arguments) {
    CRC32 sum = new CRC32();
    arguments.forEach(argument -> sum.update((argument + '\n').getBytes(StandardCharsets.UTF_8)));
    return PREFIX + Long.toHexString(sum.getValue());
  }

  /** Statements, run as one transaction, that put it in the place of older ones of its table. */
  String replacing(String function, Set<Id> existing) {
    StringBuilder sql = new StringBuilder();
    for (Id old : existing) {
      if (old.table().equals(id.table())) {
        sql.append(old.drop());
      }
    }
    StringJoiner quoted = new StringJoiner(", ", "(", ")");
    arguments.forEach(argument -> quoted.add(Sql.literal(argument)));
    return sql.append("CREATE TRIGGER ")
        .append(Sql.identifier(id.name()))
        .append(" AFTER INSERT OR UPDATE OR DELETE ON ")
        .append(id.table())
        .append(" FOR EACH ROW EXECUTE FUNCTION ")
        .append(function)
        .append(quoted)
        .toString();
  }
}
