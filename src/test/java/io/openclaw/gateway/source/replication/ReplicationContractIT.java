package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceContract;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.database.WatchSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The contract with a table of a real PostgreSQL, read by logical replication. */
class ReplicationContractIT extends SourceContract {
  private static final String TABLE =
      "CREATE TABLE numbers (k text, n int, filler text, PRIMARY KEY (k, n))";
  private static final String INSERT =
      "INSERT INTO numbers (k, n) VALUES (?, ?) ON CONFLICT DO NOTHING";

  private final RecordingOutlet deadLetters = new RecordingOutlet();
  private ReplicationServer server;

  @BeforeEach
  void launch() throws SQLException {
    server = ReplicationServer.start(Map.of());
    server.run(TABLE);
  }

  @Override
  protected void stopNeighbour() throws IOException {
    server.close();
  }

  @Override
  protected Source source(Ingest ingest, FailurePolicy policy, SourceLoop.Parts parts) {
    ReplicationSettings usual =
        server.settings("numbers", true, new WatchSettings("numbers", "contract/{k}", "k"));
    ReplicationSettings settings =
        new ReplicationSettings(
            usual.id(),
            new SourceOptions(policy, "", true, false),
            usual.database(),
            usual.slot(),
            usual.tables());
    return ReplicationSource.of(settings, ingest, deadLetters, parts);
  }

  @Override
  protected int number(String json) {
    return ReplicationFixture.json(json).asJsonObject().getInt("n");
  }

  @Override
  protected void send(List<Event> events) {
    while (true) {
      try (Connection connection = server.connect()) {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
          for (Event event : events) {
            insert.setString(1, event.key());
            insert.setInt(2, event.number());
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
    server.run("INSERT INTO numbers SELECT 'poison', count(*), repeat('x', 1000) FROM numbers");
  }

  @Override
  protected List<String> deadLetters() {
    return deadLetters.sent().stream()
        .map(letter -> String.valueOf(letter.properties().get("openclaw_reason")))
        .toList();
  }

  @Override
  protected void killNeighbour() throws IOException {
    server.kill();
  }

  @Override
  protected void restartNeighbour() throws IOException {
    server.restart();
  }
}
