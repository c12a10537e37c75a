package io.openclaw.gateway.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on loopback with a database, user and password {@code openclaw}, which can be
 * read by logical replication. <i>Thread-safe. </i>
 */
public final class Database implements AutoCloseable {
  /** Name of the database and of its user, and the password. */
  public static final String NAME = "openclaw";

  private final EmbeddedPostgres server;

  private Database(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server and returns when the database can be used.
   *
   * @param binaries where the server's programs are unpacked; used again by the next start
   * @param directory for its files; made if absent
   */
  public static Database start(Path binaries, Path directory) throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries.toAbsolutePath().toFile())
            .setDataDirectory(directory.toAbsolutePath())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("track_commit_timestamp", "on")
            .setServerConfig("wal_level", "logical")
            .setPGStartupWait(Duration.ofSeconds(60))
            .setRegisterShutdownHook(false)
            .start();
    Database database = new Database(server);
    database.createOwner();
    return database;
  }

  /**
   * Kills the server whose files are there, if one runs: what is left when a start or a stop was
   * interrupted. It is no child of this process, and so would stay.
   */
  static void killIn(Path directory) {
    Path pidFile = directory.resolve("postmaster.pid");
    try (Stream<String> lines = Files.lines(pidFile)) {
      lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      // no such file: it has stopped, or never started
    }
  }

  public int port() {
    return server.getPort();
  }

  /** The URL without credentials. */
  public String url() {
    return url(port());
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
  }

  /** Connections as the user {@code openclaw}, one new one each time. */
  public DataSource dataSource() {
    return dataSource(port());
  }

  /** The same, for a server that some other process started. */
  public static DataSource dataSource(int port) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url(port));
    source.setUser(NAME);
    source.setPassword(NAME);
    return source;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void createOwner() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE openclaw LOGIN REPLICATION PASSWORD 'openclaw'");
      statement.execute("CREATE DATABASE openclaw OWNER openclaw");
    }
  }
}
