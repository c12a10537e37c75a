package io.openclaw.gateway.source.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.source.SourceState.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseRestartTest {
  @TempDir private Path directory;

  private EmbeddedPostgres launch(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(TestDatabase.binaries().toAbsolutePath().toFile())
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setRegisterShutdownHook(false)
        .setPort(port)
        .start();
  }

  private static void insert(EmbeddedPostgres server, int n) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO openclaw_outbox (topic, data) VALUES ('n', '" + n + "')");
    }
  }

  @Test
  void readsOnAfterTheServerWasStoppedAndStartedAgain() throws IOException, SQLException {
    EmbeddedPostgres server = launch(Ports.free());
    try (ListenerFixture gateway = ListenerFixture.create()) {
      ListenerFixture.Node node =
          gateway.start(
              new DatabaseSourceSettings(
                  "main",
                  "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                  "postgres",
                  "postgres",
                  ListenerFixture.OUTBOX,
                  List.of()));
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
