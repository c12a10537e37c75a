package io.openclaw.gateway.it;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.PayaraMicro;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WildFly;
import io.openclaw.gateway.dev.WorkDirectory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * What the server under test needs around it: a broker (WildFly brings its own), a database, ports,
 * tokens. One for all tests of this JVM, started before the server, ended with the JVM.
 *
 * @param settings of the server under test
 * @param tokens that the server under test accepts
 */
record Neighbours(ServerSettings settings, Database database, DevelopmentTokens tokens) {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();

  /** The one of this JVM. */
  static Neighbours get() {
    return Holder.INSTANCE;
  }

  /** The server that this run of the tests is for. */
  static ServerKind server() {
    return ServerKind.of(System.getProperty("arquillian.launch", "payara")).orElseThrow();
  }

  private static final class Holder {
    static final Neighbours INSTANCE = start();
  }

  private static Neighbours start() {
    try {
      WorkDirectory work = WorkDirectory.create();
      Path build = HOME.resolve("target");
      Database database =
          Database.start(build.resolve("server/postgres"), work.path().resolve("database"));
      createTables(database);
      DevelopmentTokens tokens = DevelopmentTokens.create();
      ServerSettings settings =
          new ServerSettings(
              build,
              build.resolve("openclaw-gateway.war"),
              work.path(),
              Ports.free(),
              Ports.free(),
              properties(database, tokens));
      closeAtEnd(work, database, startBroker(settings));
      announce(settings);
      return new Neighbours(settings, database, tokens);
    } catch (Exception e) {
      throw new IllegalStateException("could not start what the tests need", e);
    }
  }

  private static AutoCloseable startBroker(ServerSettings settings) throws Exception {
    return server() == ServerKind.PAYARA
        ? Broker.start(settings.brokerPort(), settings.work().resolve("broker"))
        : () -> {};
  }

  private static Map<String, String> properties(Database database, DevelopmentTokens tokens) {
    return Map.of(
        "openclaw.config",
        HOME.resolve("src/test/resources/it/openclaw.yaml").toString(),
        "openclaw.security.jwt.hmac-secret",
        tokens.secret(),
        "openclaw.session.heartbeat",
        "3s",
        "openclaw.database.url",
        database.url(),
        "openclaw.database.user",
        Database.NAME,
        "openclaw.database.password",
        Database.NAME);
  }

  private static void createTables(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount numeric(10, 2))");
    }
  }

  /** For arquillian.xml. */
  private static void announce(ServerSettings settings) {
    int managementPort = Ports.free();
    boolean payara = server() == ServerKind.PAYARA;
    List<String> jvmOptions =
        payara ? PayaraMicro.jvmOptions(settings) : WildFly.jvmOptions(settings, managementPort);
    List<String> serverOptions = payara ? PayaraMicro.serverOptions(settings) : List.of();
    System.setProperty("openclaw.it.build", settings.build().toString());
    System.setProperty("openclaw.it.work", settings.work().toString());
    System.setProperty("openclaw.it.management-port", Integer.toString(managementPort));
    System.setProperty("openclaw.it.jvm-options", String.join(" ", jvmOptions));
    System.setProperty("openclaw.it.server-options", String.join(" ", serverOptions));
  }

  private static void closeAtEnd(WorkDirectory work, Database database, AutoCloseable broker) {
    Thread end =
        new Thread(
            () -> {
              try (work;
                  database;
                  broker) {
                System.clearProperty("openclaw.it.work");
              } catch (Exception e) {
                System.getLogger(Neighbours.class.getName())
                    .log(System.Logger.Level.WARNING, "could not stop", e);
              }
            });
    Runtime.getRuntime().addShutdownHook(end);
  }
}
