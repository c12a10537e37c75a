package io.openclaw.gateway.source.database;

import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema of its own in the real PostgreSQL that all tests of this JVM share. It is the default
 * schema of every connection. <i>Thread-safe.</i>
 */
final class TestDatabase {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final String url;

  private TestDatabase(String url) {
    this.url = url;
  }

  /** The server starts with the first use and ends with the JVM. */
  private static final class Shared {
    static final Database SERVER = start();

    private static Database start() {
      try {
        WorkDirectory work = WorkDirectory.create();
        Database server = Database.start(binaries(), work.path().resolve("data"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, work)));
        return server;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void close(Database server, WorkDirectory work) {
      try (work) {
        server.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Where the programs of PostgreSQL are unpacked, once for all builds. */
  static Path binaries() {
    return Path.of("target", "postgres");
  }

  static TestDatabase create() throws SQLException {
    String schema = "test" + SCHEMAS.incrementAndGet();
    String url = Shared.SERVER.url();
    try (Connection connection = DriverManager.getConnection(url, Database.NAME, Database.NAME);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return new TestDatabase(url + "?currentSchema=" + schema + "&ApplicationName=" + schema);
  }

  DatabaseSourceSettings settings(OutboxSettings outbox, WatchSettings... watches) {
    return new DatabaseSourceSettings(
        "main", url, Database.NAME, Database.NAME, outbox, List.of(watches), SourceOptions.DEFAULT);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, Database.NAME, Database.NAME);
  }

  /** A connection with a transaction under way. */
  Connection begin() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Runs statements, each in a transaction of its own. */
  void run(String... statements) throws SQLException {
    try (Connection connection = connect()) {
      for (String statement : statements) {
        run(connection, statement);
      }
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of all rows, as text. */
  List<String> texts(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
      return texts;
    }
  }

  /** Ends every connection of listeners to this schema, as a restart of the server would. */
  void terminateListeners() throws SQLException {
    texts(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND application_name = current_schema()");
  }
}
