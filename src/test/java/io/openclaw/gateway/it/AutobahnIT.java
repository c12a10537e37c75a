package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The fuzzing client of the Autobahn test suite, against the built WAR with an echo endpoint in it:
 * frames, pings, reserved bits, opcodes, fragmentation, UTF-8 and closing (sections 1 to 7), and
 * messages that the client fragments itself (10). The Maven profile autobahn brings the suite.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("autobahn")
class AutobahnIT {
  private static final System.Logger LOG = System.getLogger(AutobahnIT.class.getName());
  private static final List<String> CASES =
      List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");
  private static final int FEWEST_CASES = 240;
  private static final long LIMIT_MINUTES = 15;

  /** The built WAR with the echo endpoint. */
  @Deployment(testable = false)
  public static WebArchive gatewayWithEcho() {
    return GatewayIT.gateway().addClass(EchoEndpoint.class);
  }

  @Test
  void failsNoCase() throws Exception {
    List<String> results = run();
    Map<String, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.split(" ", 4)[2], TreeMap::new, Collectors.counting()));
    LOG.log(System.Logger.Level.INFO, () -> Neighbours.server().title() + " " + counts);
    assertTrue(results.size() >= FEWEST_CASES, () -> "only " + results.size() + " cases ran");
    assertEquals(List.of(), results.stream().filter(line -> line.contains("FAILED")).toList());
  }

  /** A line {@code CASE name behaviour closing-behaviour} for each case. */
  private static List<String> run() throws IOException, InterruptedException {
    Path directory = Neighbours.get().settings().build().resolve("autobahn");
    Path log = directory.resolve(Neighbours.server() + ".log");
    Process client =
        new ProcessBuilder(command(directory))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(client.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), "the suite took too long");
    } finally {
      client.destroyForcibly();
    }
    return Files.readAllLines(log).stream().filter(line -> line.startsWith("CASE ")).toList();
  }

  private static List<String> command(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", directory.resolve("*").toString()));
    command.add(directory.resolve("../../src/test/autobahn/FuzzingClient.java").toString());
    command.add(Neighbours.server().title());
    command.add(GatewayIT.webSocketUri().resolve("echo").toString());
    command.addAll(CASES);
    return command;
  }
}
