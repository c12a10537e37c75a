package io.openclaw.gateway.source.database;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceContract;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the outbox of a real PostgreSQL. */
class OutboxContractIT extends SourceContract {
  private static final String INSERT =
      "INSERT INTO openclaw_outbox (topic, key, data, event_id) VALUES (?, ?, ?::jsonb, ?)"
          + " ON CONFLICT DO NOTHING";

  @TempDir private Path directory;
  private final int port = Ports.free();
  private EmbeddedPostgres server;

  @BeforeEach
  void launch() throws IOException {
    server = PostgresProcess.launch(directory, port);
  }

  @Override
  protected void stopNeighbour() throws IOException {
    server.close();
  }

  @Override
  protected Source source(Ingest ingest, FailurePolicy policy, SourceLoop.Parts parts) {
    DatabaseSourceSettings settings =
        new DatabaseSourceSettings(
            "main",
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
            "postgres",
            "postgres",
            new OutboxSettings("openclaw_outbox", Duration.ofMillis(200), 500, true),
            List.of(),
            new SourceOptions(policy, "", true, false));
    return DatabaseSource.of(settings, ingest, MAX_PAYLOAD_BYTES, parts);
  }

  @Override
  protected void send(List<Event> events) throws Exception {
    while (true) {
      try (Connection connection = server.getPostgresDatabase().getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
          for (Event event : events) {
            insert.setString(1, "contract/" + event.key());
            insert.setString(2, event.key());
            insert.setString(3, String.valueOf(event.number()));
            insert.setString(4, event.key() + "-" + event.number());
            insert.addBatch();
          }
          insert.executeBatch();
        }
        connection.commit();
        return;
      } catch (SQLException e) {
        Thread.onSpinWait(); // the server is away: the same rows again
      }
    }
  }

  @Override
  protected void sendPoison() throws SQLException {
    run(
        "INSERT INTO openclaw_outbox (topic, data_binary) VALUES ('a', decode(repeat('00', 1001), 'hex'))");
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  protected List<String> deadLetters() throws SQLException {
    List<String> reasons = new ArrayList<>();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT reason FROM openclaw_outbox_dead ORDER BY id")) {
      while (rows.next()) {
        reasons.add(rows.getString(1));
      }
    }
    return reasons;
  }

  @Override
  protected void killNeighbour() throws IOException {
    PostgresProcess.signal(directory, "-KILL");
  }

  @Override
  protected void restartNeighbour() throws IOException {
    server = PostgresProcess.relaunch(directory, port, server);
  }
}
