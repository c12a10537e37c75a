package io.openclaw.gateway.bench;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import jakarta.jms.ConnectionFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server with the built WAR, its broker, and the generator; a new one for each scenario, so that
 * none sees what another left behind. Started from one thread; may be closed from another.
 */
final class Rig implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofHours(2);

  private final Deque<AutoCloseable> pieces = new ArrayDeque<>();
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final ServerSettings settings;
  private final ProcessProbe probe;
  private final Swarm swarm;
  private final @Nullable Database database;

  private Rig(
      ServerKind kind,
      Path home,
      int heapMegabytes,
      Map<String, String> further,
      boolean withDatabase)
      throws Exception {
    try {
      WorkDirectory work = add(WorkDirectory.create());
      Map<String, String> properties = new HashMap<>(further);
      database =
          withDatabase
              ? add(Database.start(home.resolve("target/postgres"), work.path().resolve("data")))
              : null;
      if (database != null) {
        properties.put("openclaw.config", configuration(home, "outbox.yaml"));
        properties.put("openclaw.bench.database", database.url());
      }
      settings = settings(home, work.path(), heapMegabytes, properties);
      if (kind == ServerKind.PAYARA) {
        add(BrokerProcess.start(settings.brokerPort(), Files.createDirectories(work.path())));
      }
      GatewayServer server = add(GatewayServer.launch(kind, settings));
      server.awaitReady();
      probe = new ProcessProbe(server.pid());
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.httpPort());
      swarm = add(Swarm.start(address, tokens.token("bench", List.of("admin"), TOKEN_LIFE)));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Starts all of it and returns when the gateway is ready. */
  static Rig start(ServerKind kind, Path home, int heapMegabytes) throws Exception {
    return start(kind, home, heapMegabytes, Map.of());
  }

  /** The same, with a database that the gateway reads if it is wanted. */
  static Rig start(ServerKind kind, Path home, int heapMegabytes, boolean withDatabase)
      throws Exception {
    return new Rig(kind, home, heapMegabytes, Map.of(), withDatabase);
  }

  /** The same with further settings of the gateway. */
  static Rig start(ServerKind kind, Path home, int heapMegabytes, Map<String, String> properties)
      throws Exception {
    return new Rig(kind, home, heapMegabytes, properties, false);
  }

  /** Where clients connect. */
  URI webSocketUri() {
    return URI.create("ws://127.0.0.1:" + settings.httpPort() + "/ws");
  }

  /** A token of somebody without roles. */
  String userToken(String user) {
    return tokens.token(user, List.of(), TOKEN_LIFE);
  }

  ProcessProbe probe() {
    return probe;
  }

  Swarm swarm() {
    return swarm;
  }

  /** The database that the gateway reads; only where one is wanted. */
  Database database() {
    return Objects.requireNonNull(database);
  }

  /** Connections to the broker that the gateway listens to. */
  ConnectionFactory broker() {
    return Broker.connectionFactory(settings.brokerPort());
  }

  @Override
  public void close() {
    for (AutoCloseable piece = next(); piece != null; piece = next()) {
      try {
        piece.close();
      } catch (Exception e) {
        System.err.println("openclaw: could not stop: " + e.getMessage());
      }
    }
  }

  private @Nullable AutoCloseable next() {
    synchronized (pieces) {
      return pieces.poll();
    }
  }

  private <T extends AutoCloseable> T add(T piece) {
    synchronized (pieces) {
      pieces.push(piece);
    }
    return piece;
  }

  private static String configuration(Path home, String name) {
    return home.resolve("src/test/resources/bench").resolve(name).toString();
  }

  private ServerSettings settings(
      Path home, Path work, int heapMegabytes, Map<String, String> further) {
    Path build = home.resolve("target");
    Map<String, String> properties = new HashMap<>(further);
    properties.putIfAbsent("openclaw.config", configuration(home, "openclaw.yaml"));
    properties.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    return new ServerSettings(
            build,
            build.resolve("openclaw-gateway.war"),
            work,
            Ports.free(),
            Ports.free(),
            properties)
        .withJvmOptions(List.of("-Xmx" + heapMegabytes + "m"));
  }
}
