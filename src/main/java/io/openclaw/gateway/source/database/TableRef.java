package io.openclaw.gateway.source.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table that is there.
 *
 * @param schema as the database knows it
 * @param name as the database knows it
 */
record TableRef(String schema, String name) {
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final String FIND =
      """
      SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = coalesce(to_regclass(?), to_regclass(?))""";
  private static final String COLUMN =
      """
      SELECT attname FROM pg_attribute
      WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped AND attname IN (?, ?)
      ORDER BY attname <> ? LIMIT 1""";

  /** Finds it by its name as written, else in lower case as SQL folds it. */
  static Optional<TableRef> find(Connection connection, String setting) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, quoted(setting));
      statement.setString(2, quoted(setting.toLowerCase(Locale.ROOT)));
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new TableRef(rows.getString(1), rows.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** The column of that name as written, else in lower case. */
  Optional<String> column(Connection connection, String setting) throws SQLException {
    String folded = setting.toLowerCase(Locale.ROOT);
    return Sql.text(connection, COLUMN, toString(), setting, folded, setting);
  }

  private static String quoted(String setting) {
    return DOT.splitAsStream(setting).map(Sql::identifier).collect(Collectors.joining("."));
  }

  /** As it is written in statements. */
  @Override
  public String toString() {
    return Sql.identifier(schema) + "." + Sql.identifier(name);
  }
}
