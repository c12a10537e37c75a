package io.openclaw.gateway.dev;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code ./openclaw sql --database PORT STATEMENT}: runs one statement and commits it. */
public final class RunStatement {
  private static final int USUAL_PORT = 5432;

  private RunStatement() {}

  /** Ends with 1 when the database refuses, 2 for a wrong command line. */
  public static void main(String[] arguments) {
    Arguments given = Arguments.read("--database", USUAL_PORT, 1, arguments);
    if (given == null) {
      Arguments.fail(2, "usage: ./openclaw sql [--database PORT] STATEMENT");
      return;
    }
    try (Connection connection = Database.dataSource(given.port()).getConnection();
        Statement statement = connection.createStatement()) {
      if (statement.execute(given.rest().get(0))) {
        print(statement.getResultSet());
      } else {
        System.out.println(statement.getUpdateCount() + " rows");
      }
    } catch (SQLException e) {
      Arguments.fail(1, e.getMessage());
    }
  }

  private static void print(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      StringBuilder line = new StringBuilder();
      for (int column = 1; column <= columns; column++) {
        line.append(column == 1 ? "" : "\t").append(rows.getString(column));
      }
      System.out.println(line);
    }
  }
}
