package io.openclaw.gateway.source.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceState.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
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

  /** Sends a signal to the server and all its processes. */
  private void signal(String signal) throws IOException {
    Path file = directory.resolve("data").resolve("postmaster.pid");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip())).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", signal, String.valueOf(server.pid())));
    server.descendants().forEach(child -> command.add(String.valueOf(child.pid())));
    new ProcessBuilder(command).start().onExit().join();
  }

  @Test
  void noticesAServerThatStandsStillAndReadsOnWhenItGoesOn() throws IOException, SQLException {
    EmbeddedPostgres server = launch(Ports.free());
    try (ListenerFixture gateway = ListenerFixture.create()) {
      ListenerFixture.Node node = gateway.start(settings(server));
      signal("-STOP");
      node.awaitStatus(Status.DOWN);
      signal("-CONT");
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
