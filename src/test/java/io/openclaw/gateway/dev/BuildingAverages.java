package io.openclaw.gateway.dev;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The average temperature of each building, written into the gateway's outbox as a transaction of
 * an application would. Does nothing while there is no outbox: the gateway makes it when its
 * configuration names this database. <i>Confined to one thread.</i>
 */
final class BuildingAverages implements AutoCloseable {
  private static final String OUTBOX = "SELECT to_regclass('openclaw_outbox') IS NOT NULL";
  private static final String INSERT =
      """
      INSERT INTO openclaw_outbox (topic, key, data)
      SELECT 'iot/building/' || building || '/average', building,
             jsonb_build_object('building', building, 'temp', round(avg(temp), 2))
      FROM sensor_reading WHERE at > now() - interval '1 minute' GROUP BY building
      """;

  private final Connection connection;

  BuildingAverages(DataSource database) throws SQLException {
    this.connection = database.getConnection();
  }

  /** Writes one event for each building that had readings in the last minute. */
  void write() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (hasOutbox(statement)) {
        statement.executeUpdate(INSERT);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static boolean hasOutbox(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(OUTBOX)) {
      return found.next() && found.getBoolean(1);
    }
  }
}
