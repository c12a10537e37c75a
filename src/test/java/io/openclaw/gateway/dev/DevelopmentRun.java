package io.openclaw.gateway.dev;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Everything that one development run needs: broker, database, server with the gateway, and feed.
 * Started from one thread; may be closed from another, at any moment.
 */
final class DevelopmentRun implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofDays(30);

  private final Path home;
  private final RunOptions options;
  private final PrintStream out;
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final Pieces pieces = new Pieces();
  private final CompletableFuture<String> trouble = new CompletableFuture<>();

  /**
   * @param home the project's directory, with what the build made in {@code target}
   */
  DevelopmentRun(Path home, RunOptions options, PrintStream out) {
    this.home = home;
    this.options = options;
    this.out = out;
  }

  /** Starts all of it, saying what it does, and returns when events flow. */
  void start() throws Exception {
    long began = System.nanoTime();
    Path work = pieces.add(WorkDirectory.create()).path();
    pieces.add(() -> Database.killIn(work.resolve("database")));
    Database database =
        step(
            "PostgreSQL",
            () -> Database.start(home.resolve("target/server/postgres"), work.resolve("database")));
    SensorReadings.createTable(
        database.dataSource(), home.resolve("server-config/postgres/tables.sql"));
    int brokerPort = Ports.isFree(Broker.USUAL_PORT) ? Broker.USUAL_PORT : Ports.free();
    if (options.server() == ServerKind.PAYARA) {
      step("Artemis", () -> Broker.start(brokerPort, work.resolve("broker")));
    }
    GatewayServer server =
        step(
            options.server().title() + " with the gateway",
            () -> server(work, brokerPort, database));
    if (options.feed()) {
      pieces.add(
          Feed.start(
              Broker.connectionFactory(brokerPort), database.dataSource(), trouble::complete));
    }
    say("started in " + seconds(began));
    Invitation.print(
        out,
        home,
        server.uri(),
        tokens.token("dev", List.of("admin"), TOKEN_LIFE),
        brokerPort,
        database.port());
  }

  /** Blocks until something that should live has ended, and says what. */
  String awaitTrouble() {
    return trouble.join();
  }

  @Override
  public void close() {
    pieces.close();
  }

  /** Whether {@link #close()} was called. */
  boolean isClosed() {
    return pieces.isClosed();
  }

  private GatewayServer server(Path work, int brokerPort, Database database) {
    ServerSettings settings =
        new ServerSettings(
            home.resolve("target"),
            home.resolve("target/openclaw-gateway.war"),
            work,
            options.port(),
            brokerPort,
            properties(database));
    GatewayServer server = pieces.add(GatewayServer.launch(options.server(), settings));
    var unused = server.exit().thenAccept(code -> trouble.complete(ended(server, code)));
    server.awaitReady();
    return server;
  }

  private String ended(GatewayServer server, int code) {
    return options.server().title() + " ended with exit code " + code + ":\n" + server.tail();
  }

  private Map<String, String> properties(Database database) {
    Map<String, String> properties = new HashMap<>();
    properties.put("openclaw.config", options.config().toString());
    properties.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    properties.put("openclaw.database.url", database.url());
    properties.put("openclaw.database.user", Database.NAME);
    properties.put("openclaw.database.password", Database.NAME);
    return properties;
  }

  private <T extends AutoCloseable> T step(String what, Step<T> step) throws Exception {
    say("starting " + what + " …");
    long began = System.nanoTime();
    T piece = pieces.add(step.run());
    say(what + " is up after " + seconds(began));
    return piece;
  }

  private void say(String line) {
    out.println("openclaw: " + line);
  }

  private static String seconds(long beganNanos) {
    long tenths = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos) / 100;
    return tenths / 10 + "." + tenths % 10 + " s";
  }

  private interface Step<T> {
    T run() throws Exception;
  }
}
