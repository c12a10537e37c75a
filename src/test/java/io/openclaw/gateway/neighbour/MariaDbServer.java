package io.openclaw.gateway.neighbour;

import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MariaDB with a binary log of rows; the user {@code openclaw}, password the same, may do all. */
public final class MariaDbServer implements Neighbour {
  private final int port = Ports.free();
  private final Path directory;
  private final ServerProcess process;

  /**
   * Makes an empty database and starts it.
   *
   * @param directory for its files
   */
  public MariaDbServer(Path directory) {
    this.directory = directory.toAbsolutePath();
    install();
    this.process = new ServerProcess(command(), Map.of(), this.directory);
    restart();
  }

  private void install() {
    run(
        List.of(
            "mariadb-install-db",
            "--no-defaults",
            "--datadir=" + data(),
            "--user=root",
            "--auth-root-authentication-method=normal",
            "--skip-test-db"),
        "");
    try {
      Files.writeString(
          directory.resolve("users.sql"),
          "CREATE USER IF NOT EXISTS openclaw@'127.0.0.1' IDENTIFIED BY 'openclaw';\n"
              + "GRANT ALL ON *.* TO openclaw@'127.0.0.1';\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    return List.of(
        "mariadbd",
        "--no-defaults",
        "--datadir=" + data(),
        "--user=root",
        "--bind-address=127.0.0.1",
        "--port=" + port,
        "--socket=" + directory.resolve("socket"),
        "--pid-file=" + directory.resolve("pid"),
        "--init-file=" + directory.resolve("users.sql"),
        "--skip-name-resolve",
        "--server-id=1",
        "--log-bin=binlog",
        "--binlog-format=ROW",
        "--binlog-row-image=FULL",
        "--sync-binlog=1",
        "--innodb-flush-log-at-trx-commit=1");
  }

  private Path data() {
    return directory.resolve("data");
  }

  /** Runs statements one after the other; fails at the first that fails. */
  public void sql(String statements) {
    run(List.of("mariadb", "--no-defaults", "--socket=" + directory.resolve("socket")), statements);
  }

  private void run(List<String> command, String input) {
    try {
      Files.createDirectories(directory);
      Path log = directory.resolve("tools.log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      try (var standardInput = process.outputWriter()) {
        standardInput.write(input);
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + " failed: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.kill();
    process.start(() -> ServerProcess.accepts(port));
  }

  @Override
  public void close() {
    process.kill();
  }
}
