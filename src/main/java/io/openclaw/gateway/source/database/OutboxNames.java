package io.openclaw.gateway.source.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * The names of one outbox and of what belongs to it, all in the schema of the table.
 *
 * @param schema as the database knows it
 * @param name of the table, as the database knows it; also the channel of its notifications
 */
record OutboxNames(String schema, String name) {

  /**
   * Finds the table of the settings on the search path; if it is not there, it is to be made in the
   * schema named, else in the first one of the search path.
   */
  static OutboxNames resolve(Connection connection, String setting) throws SQLException {
    TableRef found = TableRef.find(connection, setting).orElse(null);
    if (found != null) {
      return new OutboxNames(found.schema(), found.name());
    }
    int dot = setting.indexOf('.');
    if (dot >= 0) {
      return new OutboxNames(setting.substring(0, dot), setting.substring(dot + 1));
    }
    String schema =
        Sql.text(connection, "SELECT current_schema()")
            .orElseThrow(() -> new SQLException("the user's search path has no schema"));
    return new OutboxNames(schema, setting);
  }

  String table() {
    return qualified("");
  }

  String deadTable() {
    return qualified("_dead");
  }

  String watchFunction() {
    return qualified("_watch");
  }

  /** What fills the places of the shipped statements. */
  Map<String, String> places() {
    return Map.of(
        "outbox", table(),
        "dead", deadTable(),
        "notify", qualified("_notify"),
        "watch", watchFunction(),
        "topic", qualified("_topic"),
        "channel", Sql.literal(name));
  }

  private String qualified(String suffix) {
    return Sql.identifier(schema) + "." + Sql.identifier(name + suffix);
  }
}
