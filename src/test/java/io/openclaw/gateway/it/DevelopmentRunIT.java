package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./openclaw run} does once all is built. */
class DevelopmentRunIT {
  private static final Path HOME = Path.of(System.getProperty("openclaw.home", ""));
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final long END_LIMIT_SECONDS = 10;

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroy);
  }

  @Test
  void showsThreeWaysToPublishAndLeavesNothingBehind() throws Exception {
    int port = Ports.free();
    Process run = run("--port", Integer.toString(port), "--no-feed", "--server", server());
    List<String> lines = awaitInvitation(run);
    assertEquals("READY http://127.0.0.1:" + port + "/", line(lines, "READY "));
    String token = line(lines, "TOKEN ").substring("TOKEN ".length());
    try (TestClient client =
        TestClient.connect(URI.create("ws://127.0.0.1:" + port + "/ws"), token)) {
      client.subscribe("#");
      for (String command : lines.subList(lines.size() - 3, lines.size())) {
        if (isInstalled(command)) {
          assertEquals(0, shell(command), command);
          client.await("pub");
        }
      }
    }
    List<ProcessHandle> children = run.descendants().toList();
    run.destroy();
    assertTrue(run.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS), "it did not end in time");
    assertTrue(children.stream().noneMatch(ProcessHandle::isAlive));
    assertTrue(Ports.isFree(port));
    assertTrue(Ports.isFree(portIn(line(lines, "DATABASE "))));
    assertTrue(Ports.isFree(portIn(line(lines, "BROKER "))));
  }

  @Test
  void tellsThatTheServerDiedAndEnds() throws Exception {
    Process run = run("--port", Integer.toString(Ports.free()), "--no-feed", "--server", server());
    Awaitility.await().atMost(START_LIMIT).until(() -> output().contains("with the gateway …"));
    Awaitility.await().atMost(START_LIMIT).until(() -> run.children().findAny().isPresent());
    run.children().forEach(ProcessHandle::destroyForcibly);
    assertTrue(run.waitFor(30, TimeUnit.SECONDS), "it did not end");
    assertEquals(1, run.exitValue());
    assertTrue(output().contains("openclaw: "), output());
  }

  @Test
  void refusesATakenPortInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertEquals(1, run("--port", Integer.toString(port)).waitFor());
      assertEquals(
          "openclaw: port " + port + " is taken; choose another one with --port N\n", output());
    }
  }

  @Test
  void refusesAnUnknownOptionInOneLine() throws Exception {
    assertEquals(2, run("--prot", "1").waitFor());
    assertEquals(
        "openclaw: unknown option --prot (./openclaw run --help shows what there is)\n", output());
  }

  private Process run(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dopenclaw.home=" + HOME.toAbsolutePath());
    command.add("-Djava.util.logging.config.file=" + HOME.resolve("src/test/logging.properties"));
    command.add("io.openclaw.gateway.dev.Run");
    command.addAll(List.of(options));
    Process run =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    started.add(run);
    return run;
  }

  private List<String> awaitInvitation(Process run) {
    Awaitility.await()
        .atMost(START_LIMIT)
        .failFast("it ended", () -> !run.isAlive())
        .until(() -> output().contains(" sql --database ") && output().endsWith("\n"));
    return output().lines().toList();
  }

  private String output() {
    try {
      return Files.readString(directory.resolve("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether what the command starts with is there: a machine may have no curl. */
  private boolean isInstalled(String command) throws Exception {
    return shell("command -v " + command.substring(0, command.indexOf(' '))) == 0;
  }

  private int shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("shell").toFile())
            .start();
    started.add(process);
    return process.waitFor();
  }

  private static String line(List<String> lines, String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  /** The number after the last colon. */
  private static int portIn(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).replaceAll("[^0-9].*", ""));
  }

  private static String server() {
    return Neighbours.server().name().toLowerCase(Locale.ROOT);
  }
}
