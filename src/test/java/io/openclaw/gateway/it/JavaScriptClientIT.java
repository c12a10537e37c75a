package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests of the JavaScript client and of the page, which are written in JavaScript, against
 * the built WAR on a real server. Says so where there is no Node or no Chromium; fails there if
 * {@code OPENCLAW_REQUIRE_BROWSER} is 1.
 */
class JavaScriptClientIT extends GatewayIT {
  private static final Logger LOGGER = System.getLogger(JavaScriptClientIT.class.getName());
  private static final boolean REQUIRED = "1".equals(System.getenv("OPENCLAW_REQUIRE_BROWSER"));

  @Test
  void clientAndPagePassTheirTests() {
    NodeTests tests = new NodeTests(Neighbours.get().settings().build().resolve("js-tests.log"));
    String obstacle = tests.obstacle();
    if (!obstacle.isEmpty()) {
      LOGGER.log(Level.WARNING, "The JavaScript client and the page are not tested: " + obstacle);
      assertFalse(REQUIRED, obstacle);
      assumeTrue(false, obstacle);
    }
    NodeTests.Outcome outcome =
        tests.run(
            Map.of(
                "OPENCLAW_URL", uri().toString(),
                "OPENCLAW_TOKEN", adminToken(),
                "OPENCLAW_REQUIRE_GATEWAY", "1"));
    LOGGER.log(Level.INFO, outcome.summary());
    assertEquals(0, outcome.exitCode(), outcome.summary() + "\nall of it: target/js-tests.log");
  }
}
