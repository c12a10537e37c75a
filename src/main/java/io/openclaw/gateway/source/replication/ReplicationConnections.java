package io.openclaw.gateway.source.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens the connections of a source: one for questions, one that reads the log, and one for the
 * snapshot. Every wait is bounded on both sides. What is read comes as text, in one notation
 * whatever the database's own is.
 */
final class ReplicationConnections {
  /** A question that takes longer has failed. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** Some rows of a snapshot may have to be searched for. */
  private static final Duration ROWS_LIMIT = Duration.ofMinutes(2);

  private static final String KEEPALIVES =
      """
      SET tcp_keepalives_idle = 10;
      SET tcp_keepalives_interval = 5;
      SET tcp_keepalives_count = 3;
      """;
  private static final String NOTATION =
      """
      SET TimeZone = 'UTC';
      SET DateStyle = 'ISO';
      SET IntervalStyle = 'postgres';
      SET bytea_output = 'hex';
      SET extra_float_digits = 1;
      """;

  private final DatabaseAddress address;

  ReplicationConnections(DatabaseAddress address) {
    this.address = address;
  }

  /** For questions and small changes of the schema. */
  Connection questions() throws SQLException {
    Connection connection = open(properties(ANSWER_LIMIT));
    return prepared(
        connection, KEEPALIVES + "SET statement_timeout = '8s'; SET lock_timeout = '3s'");
  }

  /** For reading the rows of tables. */
  Connection rows() throws SQLException {
    Properties properties = properties(ROWS_LIMIT);
    properties.setProperty("binaryTransfer", "false");
    Connection connection = open(properties);
    return prepared(
        connection,
        KEEPALIVES
            + NOTATION
            + "SET statement_timeout = '100s'; SET idle_in_transaction_session_timeout = 0");
  }

  /**
   * For reading the log.
   *
   * @param answerLimit how long the server may stop in the middle of a message
   */
  Connection log(Duration answerLimit) throws SQLException {
    Properties properties = properties(answerLimit);
    properties.setProperty("replication", "database");
    properties.setProperty("assumeMinServerVersion", "15");
    properties.setProperty("preferQueryMode", "simple");
    Connection connection = open(properties);
    return prepared(connection, KEEPALIVES + NOTATION + "SET wal_sender_timeout = '30s'");
  }

  private Properties properties(Duration answerLimit) {
    Properties properties = new Properties();
    put(properties, "user", address.user());
    put(properties, "password", address.password());
    put(properties, "connectTimeout", "5");
    put(properties, "socketTimeout", String.valueOf(answerLimit.toSeconds()));
    put(properties, "tcpKeepAlive", "true");
    put(properties, "ApplicationName", "openclaw-gateway");
    return properties;
  }

  private static void put(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  private Connection open(Properties properties) throws SQLException {
    Connection connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("the url is none of PostgreSQL");
    }
    return connection;
  }

  private static Connection prepared(Connection connection, String statements) throws SQLException {
    try {
      for (String statement : statements.split(";", -1)) {
        if (!statement.isBlank()) {
          Sql.run(connection, statement);
        }
      }
      return connection;
    } catch (SQLException e) {
      Sql.close(connection);
      throw e;
    }
  }
}
