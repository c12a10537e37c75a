package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.database.WatchSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real PostgreSQL of its own that can be read by logical replication, with a role {@code
 * openclaw} that may do so and is no superuser. It can be killed and started again.
 */
final class ReplicationServer implements AutoCloseable {
  private static final String ROLE = "openclaw";

  private final WorkDirectory work = WorkDirectory.create();
  private final int port = Ports.free();
  private final Map<String, String> settings;
  private EmbeddedPostgres server;

  private ReplicationServer(Map<String, String> settings) throws IOException {
    this.settings = settings;
    this.server = launch();
  }

  static ReplicationServer start(Map<String, String> settings) {
    try {
      ReplicationServer started = new ReplicationServer(settings);
      started.createRole();
      return started;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private EmbeddedPostgres launch() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Path.of("target", "postgres").toAbsolutePath().toFile())
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("wal_level", "logical")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_replication_slots", "40")
            .setServerConfig("max_wal_senders", "40")
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setPort(port);
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  private Path data() {
    return work.path().resolve("data");
  }

  private void createRole() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      run(connection, "CREATE ROLE openclaw LOGIN REPLICATION PASSWORD 'openclaw'");
      run(connection, "CREATE DATABASE openclaw OWNER openclaw");
    }
  }

  /** Kills all its processes, as the kernel would when memory runs out. */
  void kill() throws IOException {
    String pid = Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip();
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(0, postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  /** Starts it again on what it had. */
  void restart() throws IOException {
    server.close();
    server = launch();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/openclaw";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), ROLE, ROLE);
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

  /** Runs a statement as superuser. */
  void administer(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      run(connection, sql);
    }
  }

  /** The rows of a table as the database itself writes them, by topic and key. */
  Map<String, JsonValue> rows(String table) throws SQLException {
    Map<String, JsonValue> rows = new TreeMap<>();
    for (String row : texts("SELECT to_jsonb(whole) FROM " + table + " whole")) {
      JsonValue json = ReplicationFixture.json(row);
      String id = String.valueOf(json.asJsonObject().get("id"));
      rows.put(table + "/" + id + " " + id, json);
    }
    return rows;
  }

  /** Ends the connections of sources. */
  void cutSources() throws SQLException {
    texts(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'openclaw-gateway'");
  }

  /** A source that reads these tables here; its slot has the name {@code openclaw_ID}. */
  ReplicationSettings settings(String id, boolean snapshot, WatchSettings... tables) {
    String name = ReplicationSettings.slotOf(id);
    SlotSettings slot =
        new SlotSettings(
            name,
            name,
            true,
            snapshot,
            Duration.ofSeconds(1),
            100_000,
            SlotSettings.DEFAULT.batchSize());
    return new ReplicationSettings(
        id, SourceOptions.DEFAULT, new DatabaseAddress(url(), ROLE, ROLE), slot, List.of(tables));
  }

  @Override
  public void close() throws IOException {
    server.close();
    work.close();
  }
}
