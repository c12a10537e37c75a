package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.ServerKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The failure lab in its short form. A run is repeated with {@code -Dopenclaw.lab.seed=…}, but for
 * what the machine does.
 */
class ClusterLabIT {
  private static final long SEED = Long.getLong("openclaw.lab.seed", System.nanoTime() & 0xFFFF);

  @Test
  void oneNodeTellsWhatItLost() throws Exception {
    LabPlan plan =
        new LabPlan(
            server(),
            SEED,
            1,
            200,
            10,
            300,
            List.of(new Fault.Freeze(0, Duration.ofSeconds(6)), new Fault.Kill(0)),
            Duration.ofSeconds(3),
            LabPlan.PROPERTIES);
    Lab.Outcome outcome = new Lab(plan, new Timeline(System.out)).run();
    assertTrue(outcome.verdict().isClean(), outcome.verdict()::report);
    assertEquals(List.of(), outcome.troubles());
    assertEquals(2, outcome.verdict().epochs().size());
  }

  private static ServerKind server() {
    return ServerKind.of(System.getProperty("arquillian.launch", "payara")).orElseThrow();
  }
}
