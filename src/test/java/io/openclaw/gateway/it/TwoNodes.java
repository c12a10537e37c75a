package io.openclaw.gateway.it;

import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.ClusterPlace;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster of two gateways, on the server that this run of the tests is for, with the WAR that all
 * servers get. The second one is started when it is asked for.
 */
final class TwoNodes implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Deque<AutoCloseable> pieces = new ArrayDeque<>();
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final Path work;
  private final Map<String, String> properties;
  private final List<Integer> ports = List.of(Ports.free(), Ports.free());
  private final List<GatewayServer> nodes = new ArrayList<>();
  private int brokerPort = Ports.free();

  private TwoNodes(Path config, Map<String, String> properties) {
    work = add(WorkDirectory.create()).path();
    this.properties = new HashMap<>(properties);
    this.properties.put("openclaw.config", config.toString());
    this.properties.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    if (Neighbours.server() == ServerKind.PAYARA) {
      pieces.push(BrokerProcess.start(brokerPort, work));
    }
  }

  /** Starts the first one. */
  static TwoNodes startOne(Path config, Map<String, String> properties) throws Exception {
    TwoNodes nodes = new TwoNodes(config, properties);
    try {
      nodes.launch();
      return nodes;
    } catch (IOException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** Starts the second one. */
  void startSecond() throws IOException {
    launch();
  }

  private void launch() throws IOException {
    int number = nodes.size();
    if (number > 0 && Neighbours.server() == ServerKind.WILDFLY) {
      brokerPort = Ports.free();
    }
    Path own = Files.createDirectories(work.resolve("node" + number));
    Map<String, String> all = new HashMap<>(properties);
    all.put("openclaw.sources.file", own.resolve("sources.json").toString());
    Path build = HOME.resolve("target");
    ServerSettings settings =
        new ServerSettings(
                build, build.resolve("openclaw-gateway.war"), own, Ports.free(), brokerPort, all)
            .withCluster(ClusterPlace.of(ports.get(number), ports));
    nodes.add(add(GatewayServer.launch(Neighbours.server(), settings)));
    nodes.get(number).awaitReady();
  }

  private <T extends AutoCloseable> T add(T piece) {
    pieces.push(piece);
    return piece;
  }

  /** The one that was started so many-th, from 0. */
  GatewayServer get(int number) {
    return nodes.get(number);
  }

  /** A client of one of them. */
  TestClient connect(int number, String user) {
    return TestClient.connect(nodes.get(number).webSocketUri(), token(user));
  }

  String token(String user, String... roles) {
    return tokens.token(user, List.of(roles), Duration.ofHours(1));
  }

  /** What an administrator is answered by one of them; the path has no slash in front. */
  HttpResponse<String> ask(int number, String method, String path, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(nodes.get(number).uri().resolve(path))
            .header("Authorization", "Bearer " + token("root", "admin"))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Stops the process of one of them in the middle of whatever it does, or lets it go on. */
  void signal(int number, String name) throws IOException, InterruptedException {
    String pid = Long.toString(nodes.get(number).pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable piece : pieces) {
      piece.close();
    }
  }
}
