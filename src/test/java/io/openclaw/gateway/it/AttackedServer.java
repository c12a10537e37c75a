package io.openclaw.gateway.it;

import io.openclaw.gateway.bench.ProcessProbe;
import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, with its log and its heap in sight, for tests that try to break
 * it. <i>Confined to one thread, but for the addresses and the token.</i>
 */
final class AttackedServer implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();

  /**
   * A line of ours that says that something went wrong, or a stack trace through our classes, but
   * for those that every request or every frame passes.
   */
  private static final Pattern FAULT =
      Pattern.compile(
          "(ERROR|SEVERE).*io\\.openclaw|\\tat .*io\\.openclaw\\.(?!.*(Filter\\.doFilter|PromptUpgrade\\.))"
              + "|OutOfMemoryError");

  /** An entry begins with its time. */
  private static final Pattern ENTRY =
      Pattern.compile("(?m)^(?=\\[?\\d{4}-\\d\\d-\\d\\d[T ]|\\d\\d:\\d\\d:\\d\\d[,.])");

  private static final Pattern TORN =
      Pattern.compile(
          "java\\.(io\\.(IO|EOF)|net\\.Socket|nio\\.channels\\.\\w*Close\\w*)Exception"
              + "|Broken pipe|Connection reset|Connection closed");

  /** They would turn the attackers away before they reach what is to be tried. */
  private static final Map<String, String> NO_LIMITS =
      Map.of(
          "openclaw.limits.messages-per-second", "0",
          "openclaw.limits.bytes-per-second", "0",
          "openclaw.limits.requests-per-second", "0",
          "openclaw.limits.sessions-per-user", "0",
          "openclaw.limits.sessions-per-address", "0",
          "openclaw.limits.handshakes-per-second", "0",
          "openclaw.limits.failed-sign-ins-per-second", "0",
          "openclaw.limits.admission.max-heap-percent", "0",
          "openclaw.limits.admission.max-cpu-percent", "0");

  private final WorkDirectory work = WorkDirectory.create();
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final AutoCloseable broker;
  private final GatewayServer server;
  private int logged;

  private AttackedServer(Map<String, String> properties) throws Exception {
    ServerSettings settings = settings(properties);
    ServerKind kind = Neighbours.server();
    broker =
        kind == ServerKind.PAYARA
            ? Broker.start(settings.brokerPort(), work.path().resolve("broker"))
            : () -> {};
    server = GatewayServer.start(kind, settings);
    logged = server.log().length();
  }

  /** Starts one and returns when it is ready. */
  static AttackedServer start(Map<String, String> properties) throws Exception {
    return new AttackedServer(properties);
  }

  private ServerSettings settings(Map<String, String> further) {
    Path build = HOME.resolve("target");
    Map<String, String> properties = new HashMap<>(NO_LIMITS);
    properties.putAll(further);
    properties.putIfAbsent(
        "openclaw.config", HOME.resolve("src/test/resources/hostile/openclaw.yaml").toString());
    properties.put("openclaw.security.jwt.hmac-secret", tokens.secret());
    return new ServerSettings(
            build,
            build.resolve("openclaw-gateway.war"),
            work.path(),
            Ports.free(),
            Ports.free(),
            properties)
        .withJvmOptions(List.of("-Xmx600m"));
  }

  URI uri() {
    return server.uri();
  }

  URI webSocketUri() {
    return server.webSocketUri();
  }

  /** A token of somebody with this role. */
  String token(String user, String role) {
    return tokens.token(user, List.of(role), Duration.ofHours(1));
  }

  String adminToken() {
    return token("root", "admin");
  }

  /** What lives on its heap after a full collection. */
  ProcessProbe.Heap heap() throws IOException {
    return new ProcessProbe(server.pid()).heap();
  }

  /** The stacks of its threads. */
  String threads() throws IOException {
    return new ProcessProbe(server.pid()).threads();
  }

  /** Connections of clients that it has open, of whatever kind. */
  long connections() throws IOException {
    return OpenConnections.to(uri().getPort());
  }

  /**
   * The entries of the log that tell of a fault of ours since the start, or since this was asked
   * last, each whole. A peer that tears its socket down while it is written to is no fault: the
   * containers log that, now and then, with the stack.
   */
  List<String> newFaults() {
    String log = server.log();
    List<String> faults =
        ENTRY
            .splitAsStream(log.substring(Math.min(logged, log.length())))
            .filter(entry -> FAULT.matcher(entry).find() && !TORN.matcher(entry).find())
            .toList();
    logged = log.length();
    return faults;
  }

  @Override
  public void close() throws Exception {
    try (work;
        broker) {
      server.close();
    }
  }
}
