package io.openclaw.gateway.it;

import com.nimbusds.jwt.JWTClaimsSet;
import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gateway with settings of its own, on the server that this run of the tests is for. */
final class StandaloneGateway implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();

  private final Deque<AutoCloseable> pieces = new ArrayDeque<>();
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final WorkDirectory work;
  private final int brokerPort;
  private @Nullable BrokerProcess broker;
  private final GatewayServer server;

  private StandaloneGateway(
      String config, Map<String, String> properties, UnaryOperator<ServerSettings> adapted) {
    work = add(WorkDirectory.create());
    ServerKind kind = Neighbours.server();
    brokerPort = Ports.free();
    if (kind == ServerKind.PAYARA) {
      broker = add(BrokerProcess.start(brokerPort, work.path()));
    }
    Map<String, String> all = new HashMap<>(properties);
    all.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    all.put("openclaw.config", HOME.resolve("src/test/resources").resolve(config).toString());
    Path build = HOME.resolve("target");
    Path war = build.resolve("openclaw-gateway.war");
    ServerSettings settings =
        new ServerSettings(build, war, work.path(), Ports.free(), brokerPort, all);
    server = add(GatewayServer.launch(kind, adapted.apply(settings)));
  }

  /**
   * Starts one and returns when it is ready.
   *
   * @param config below the test resources
   */
  static StandaloneGateway start(String config, Map<String, String> properties) {
    return start(config, properties, settings -> settings);
  }

  /** The same with other settings of the server. */
  static StandaloneGateway start(
      String config, Map<String, String> properties, UnaryOperator<ServerSettings> adapted) {
    StandaloneGateway gateway = new StandaloneGateway(config, properties, adapted);
    gateway.server.awaitReady();
    return gateway;
  }

  private <T extends AutoCloseable> T add(T piece) {
    pieces.push(piece);
    return piece;
  }

  /** Its broker, where that is a process of its own. */
  Optional<BrokerProcess> broker() {
    return Optional.ofNullable(broker);
  }

  GatewayServer server() {
    return server;
  }

  /** Where its broker listens. */
  int brokerPort() {
    return brokerPort;
  }

  /** A directory that is gone with the gateway. */
  Path directory() {
    return work.path();
  }

  /** A token that it accepts. */
  String token(String user, String... roles) {
    return tokens.token(user, List.of(roles), Duration.ofHours(1));
  }

  /** A token with any claims that it accepts. */
  String token(JWTClaimsSet claims) {
    return tokens.sign(claims);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable piece : pieces) {
      piece.close();
    }
  }
}
