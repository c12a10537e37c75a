package io.openclaw.gateway.source.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL of one test, which may be killed and started again on its data. */
final class PostgresProcess {
  private PostgresProcess() {}

  /** Starts it on {@code directory/data}; returns when it serves. */
  static EmbeddedPostgres launch(Path directory, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(TestDatabase.binaries().toAbsolutePath().toFile())
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        // Embedded it would lose what it has committed within the last moments.
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("unix_socket_directories", "")
        .setRegisterShutdownHook(false)
        .setPort(port)
        .start();
  }

  /** Starts one that was killed again. */
  static EmbeddedPostgres relaunch(Path directory, int port, EmbeddedPostgres killed)
      throws IOException {
    try {
      killed.close();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(directory.resolve("data").resolve("postmaster.pid"));
    }
    return launch(directory, port);
  }

  /** Sends a signal to the server and all its processes; returns when that is done. */
  static void signal(Path directory, String signal) throws IOException {
    Path file = directory.resolve("data").resolve("postmaster.pid");
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip())).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", signal, String.valueOf(server.pid())));
    server.descendants().forEach(child -> command.add(String.valueOf(child.pid())));
    new ProcessBuilder(command).start().onExit().join();
  }
}
