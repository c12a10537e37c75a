package io.openclaw.gateway.source.replication;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running statements, and writing names into them. */
final class Sql {
  private static final Logger LOG = System.getLogger(Sql.class.getName());

  private Sql() {}

  /** Reads one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** {@code name} as a quoted identifier. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Runs a statement without parameters and without result. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** All rows of a query. */
  static <T> List<T> query(
      Connection connection, RowReader<T> reader, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(reader.read(rows));
        }
        return all;
      }
    }
  }

  /** Closes something whose end does not matter any more. */
  static void close(@Nullable AutoCloseable one) {
    if (one == null) {
      return;
    }
    try {
      one.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "did not close well", e);
    }
  }
}
