package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A real HAProxy on loopback with the configuration that deployments are given; only addresses are
 * replaced.
 */
final class Haproxy implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/haproxy");
  private static final String BY_NAME = "    server-template gateway 1-10 gateway:8080";

  private final Process process;
  private final int port;
  private final int operationsPort;

  private Haproxy(Process process, int port, int operationsPort) {
    this.process = process;
    this.port = port;
    this.operationsPort = operationsPort;
  }

  /** Whether it is on this machine. */
  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** The output of the program about a configuration file, and whether it takes it. */
  record Check(boolean isValid, String output) {}

  /** Has the program check a file. */
  static Check check(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-c", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Check(process.waitFor() == 0, output);
  }

  /** Starts it before the nodes and returns when it listens. */
  static Haproxy start(Path shipped, Path directory, List<Node> nodes) throws IOException {
    int port = Ports.free();
    int operationsPort = Ports.free();
    Path file = directory.resolve("haproxy.cfg");
    Files.writeString(file, onLoopback(Files.readString(shipped), port, operationsPort, nodes));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("haproxy.log").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !Ports.isFree(port) || !process.isAlive());
    return new Haproxy(process, port, operationsPort);
  }

  private static String onLoopback(String shipped, int port, int operationsPort, List<Node> nodes) {
    String servers =
        nodes.stream()
            .map(
                node ->
                    "    server gateway" + node.number() + " 127.0.0.1:" + node.address().getPort())
            .collect(Collectors.joining("\n"));
    return replaced(
        replaced(replaced(shipped, BY_NAME, servers), "bind :8080", "bind 127.0.0.1:" + port),
        "bind :8404",
        "bind 127.0.0.1:" + operationsPort);
  }

  private static String replaced(String text, String what, String by) {
    if (!text.contains(what)) {
      throw new IllegalStateException("the configuration has no line " + what);
    }
    return text.replace(what, by);
  }

  /** Where clients connect. */
  int port() {
    return port;
  }

  /** Where its own state and numbers are. */
  int operationsPort() {
    return operationsPort;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
