package io.openclaw.gateway.source.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceState.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRestartTest {
  @TempDir private Path directory;

  private EmbeddedPostgres launch(int port) throws IOException {
    return PostgresProcess.launch(directory, port);
  }

  private static void insert(EmbeddedPostgres server, int n) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO openclaw_outbox (topic, data) VALUES ('n', '" + n + "')");
    }
  }

  private static DatabaseSourceSettings settings(EmbeddedPostgres server) {
    return new DatabaseSourceSettings(
        "main",
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
        "postgres",
        "postgres",
        new OutboxSettings("openclaw_outbox", Duration.ofMillis(200), 500, true),
        List.of(),
        SourceOptions.DEFAULT);
  }

  @Test
  void noticesAServerThatStandsStillAndReadsOnWhenItGoesOn() throws IOException, SQLException {
    EmbeddedPostgres server = launch(Ports.free());
    try (ListenerFixture gateway = ListenerFixture.create()) {
      ListenerFixture.Node node = gateway.start(settings(server));
      PostgresProcess.signal(directory, "-STOP");
      node.awaitStatus(Status.DOWN);
      PostgresProcess.signal(directory, "-CONT");
      insert(server, 1);
      gateway.awaitCount(1);
      node.awaitStatus(Status.UP);
    } finally {
      server.close();
    }
  }

  @Test
  void readsOnAfterTheServerWasStoppedAndStartedAgain() throws IOException, SQLException {
    EmbeddedPostgres server = launch(Ports.free());
    try (ListenerFixture gateway = ListenerFixture.create()) {
      ListenerFixture.Node node = gateway.start(settings(server));
      insert(server, 1);
      server.close();
      node.awaitStatus(Status.DOWN);
      server = launch(server.getPort());
      insert(server, 2);
      node.awaitStatus(Status.UP);
      insert(server, 3);
      gateway.awaitCount(3);
      assertEquals(IntStream.rangeClosed(1, 3).mapToObj(n -> "n=" + n).toList(), gateway.texts());
    } finally {
      server.close();
    }
  }
}
