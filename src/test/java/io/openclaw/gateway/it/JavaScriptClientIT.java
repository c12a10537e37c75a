package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests of the JavaScript client and of the page, which are written in JavaScript, against
 * the built WAR on a real server. Says so where there is no Node or no Chromium; fails there if
 * {@code OPENCLAW_REQUIRE_BROWSER} is 1.
 */
class JavaScriptClientIT {
  private static final Logger LOGGER = System.getLogger(JavaScriptClientIT.class.getName());
  private static final Path BUILD = Path.of("target");
  private static final boolean REQUIRED = "1".equals(System.getenv("OPENCLAW_REQUIRE_BROWSER"));
  private static final ServerKind SERVER =
      ServerKind.of(System.getProperty("openclaw.it.server", "payara")).orElseThrow();
  private static final String ADMIN_ONLY =
      """
      access:
        - who: {role: admin}
          may: all
          topics: ["#"]
        - who: anyone
          may: [subscribe]
          topics: [public]
      """;

  @Test
  void clientAndPagePassTheirTests() throws Exception {
    NodeTests tests = new NodeTests(Files.createDirectories(BUILD).resolve("js-tests.log"));
    String obstacle = tests.obstacle();
    if (!obstacle.isEmpty()) {
      LOGGER.log(Level.WARNING, "The JavaScript client and the page are not tested: " + obstacle);
      assertFalse(REQUIRED, obstacle);
      assumeTrue(false, obstacle);
    }
    NodeTests.Outcome outcome = withGateway(tests);
    LOGGER.log(Level.INFO, outcome.summary());
    assertEquals(0, outcome.exitCode(), outcome.summary() + "\nall of it: target/js-tests.log");
  }

  private static NodeTests.Outcome withGateway(NodeTests tests) throws Exception {
    DevelopmentTokens tokens = DevelopmentTokens.create();
    try (WorkDirectory work = WorkDirectory.create();
        Broker broker = Broker.start(Ports.free(), work.path().resolve("broker"));
        GatewayServer gateway = GatewayServer.start(SERVER, settings(work, broker, tokens))) {
      return tests.run(
          Map.of(
              "OPENCLAW_URL",
              gateway.uri().toString(),
              "OPENCLAW_TOKEN",
              tokens.token("tester", List.of("admin"), Duration.ofHours(1)),
              "OPENCLAW_REQUIRE_GATEWAY",
              "1"));
    }
  }

  private static ServerSettings settings(
      WorkDirectory work, Broker broker, DevelopmentTokens tokens) throws IOException {
    Path file = Files.writeString(work.path().resolve("openclaw.yaml"), ADMIN_ONLY);
    return new ServerSettings(
        BUILD,
        BUILD.resolve("openclaw-gateway.war"),
        work.path(),
        Ports.free(),
        broker.port(),
        Map.of(
            "openclaw.config", file.toString(),
            "openclaw.security.jwt.hmac-secret", tokens.secret(),
            "openclaw.session.heartbeat", "2s"));
  }
}
