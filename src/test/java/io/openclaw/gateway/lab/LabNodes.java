package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateways of the lab, each a process of its own, and their broker: one for all beside Payara,
 * on WildFly each has its own inside. <i>Confined to one thread.</i>
 */
final class LabNodes implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final Deque<AutoCloseable> pieces = new ArrayDeque<>();
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final List<GatewayServer> servers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> brokerPorts = new ArrayList<>();
  private final Path work;
  private final @Nullable Links links;
  private @Nullable BrokerProcess broker;

  /**
   * Starts them and returns when all are ready.
   *
   * @param count one is a gateway without a cluster
   * @param properties of each gateway
   * @param jvmOptions of each server
   */
  LabNodes(ServerKind kind, int count, Map<String, String> properties, List<String> jvmOptions)
      throws Exception {
    try {
      links = count > 1 ? add(new Links(count)) : null;
      work = add(WorkDirectory.create()).path();
      int brokerPort = Ports.free();
      if (kind == ServerKind.PAYARA) {
        broker = add(BrokerProcess.start(brokerPort, work));
        brokerPorts.add(brokerPort);
      }
      for (int i = 0; i < count; i++) {
        int ownBrokerPort = kind == ServerKind.PAYARA ? brokerPort : Ports.free();
        if (kind == ServerKind.WILDFLY) {
          brokerPorts.add(ownBrokerPort);
        }
        launch(kind, settings(i, ownBrokerPort, properties).withJvmOptions(jvmOptions));
      }
      awaitReady();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private void launch(ServerKind kind, ServerSettings settings) {
    nodes.add(Node.at(nodes.size(), settings.httpPort()));
    GatewayServer server = add(GatewayServer.launch(kind, settings));
    servers.add(server);
    if (servers.size() == 1) {
      server.awaitReady();
    }
  }

  private ServerSettings settings(int node, int port, Map<String, String> properties)
      throws IOException {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent(
        "openclaw.config", HOME.resolve("src/test/resources/lab/openclaw.yaml").toString());
    all.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    Path build = HOME.resolve("target");
    Path own = Files.createDirectories(work.resolve("node" + node));
    Path war = build.resolve("openclaw-gateway.war");
    ServerSettings alone = new ServerSettings(build, war, own, Ports.free(), port, all);
    return links == null ? alone : alone.withCluster(links.place(node));
  }

  private <T extends AutoCloseable> T add(T piece) {
    pieces.push(piece);
    return piece;
  }

  int size() {
    return nodes.size();
  }

  /** Where clients reach them. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Where publishers reach a broker. */
  List<Integer> brokerPorts() {
    return List.copyOf(brokerPorts);
  }

  /** A directory that is gone with them. */
  Path directory() {
    return work;
  }

  /** A token that may do everything. */
  String token() {
    return tokens.token("lab", List.of("admin"), Duration.ofHours(2));
  }

  /** Blocks until all are ready. */
  void awaitReady() {
    servers.forEach(GatewayServer::awaitReady);
  }

  GatewayServer server(int node) {
    return servers.get(node);
  }

  /** The network between them, if there is any. */
  Optional<Links> links() {
    return Optional.ofNullable(links);
  }

  /** The broker, if it is a process of its own. */
  Optional<BrokerProcess> broker() {
    return Optional.ofNullable(broker);
  }

  /** Stops a node in the middle of whatever it does (SIGSTOP). */
  void freeze(int node) throws Exception {
    signal(node, "STOP");
  }

  /** Lets it go on (SIGCONT). */
  void thaw(int node) throws Exception {
    signal(node, "CONT");
  }

  /**
   * Asks a node to end (SIGTERM), and waits for that.
   *
   * @throws java.util.concurrent.TimeoutException if it takes too long
   */
  void end(int node) throws Exception {
    signal(node, "TERM");
    servers.get(node).exit().get(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void signal(int node, String name) throws Exception {
    String pid = Long.toString(servers.get(node).pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable piece : pieces) {
      piece.close();
    }
  }
}
