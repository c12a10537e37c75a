package io.openclaw.gateway.source.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens the connection of a source. Every wait is bounded on both sides: a database that is paused
 * or gone is noticed here within ten seconds, and a gateway that is gone is noticed there within
 * half a minute, so that its lock is free for another node.
 */
final class DatabaseConnections {
  private static final String BOUNDS =
      """
      SET statement_timeout = '8s';
      SET lock_timeout = '3s';
      SET idle_in_transaction_session_timeout = '20s';
      SET tcp_keepalives_idle = 10;
      SET tcp_keepalives_interval = 5;
      SET tcp_keepalives_count = 3""";

  private final DatabaseSourceSettings settings;

  DatabaseConnections(DatabaseSourceSettings settings) {
    this.settings = settings;
  }

  /** A new connection in auto-commit mode. */
  Connection open() throws SQLException {
    Properties properties = new Properties();
    put(properties, "user", settings.user());
    put(properties, "password", settings.password());
    put(properties, "connectTimeout", "5");
    put(properties, "socketTimeout", "10");
    put(properties, "tcpKeepAlive", "true");
    put(properties, "ApplicationName", "openclaw-gateway");
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("the url is none of PostgreSQL");
    }
    Sql.run(connection, BOUNDS);
    return connection;
  }

  private static void put(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }
}
