package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.ServerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The failure lab in its short form: three nodes, and one fault of most kinds. What the seed
 * decides is repeated with {@code -Dopenclaw.lab.seed}; {@link LongLabIT} is the long form.
 */
class ClusterLabIT {
  private static final int NODES = 3;
  private static final ServerKind SERVER =
      ServerKind.of(System.getProperty("arquillian.launch", "payara")).orElseThrow();

  @Test
  void threeNodesKeepTheirPromises() throws Exception {
    long seed = Long.getLong("openclaw.lab.seed", System.nanoTime() & 0xFFFF);
    List<Fault> faults = faults(new Random(seed));
    LabPlan plan =
        new LabPlan(
            SERVER,
            seed,
            NODES,
            300,
            20,
            300,
            faults,
            Duration.ofSeconds(2),
            properties(),
            LabPlan.QUICK_START);
    Lab.Outcome outcome = new Lab(plan, new Timeline(System.out)).run();
    assertTrue(outcome.verdict().isClean(), outcome.verdict()::report);
    assertEquals(List.of(), outcome.troubles());
  }

  private static List<Fault> faults(Random random) {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault.Kill(random.nextInt(NODES)));
    faults.add(new Fault.Freeze(random.nextInt(NODES), Duration.ofSeconds(6)));
    faults.add(new Fault.Cut(random.nextInt(NODES), Duration.ofSeconds(6), Links.State.REFUSED));
    if (SERVER == ServerKind.PAYARA) {
      faults.add(new Fault.BrokerRestart());
    }
    Collections.shuffle(faults, random);
    return faults;
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(LabPlan.PROPERTIES);
    properties.put("openclaw.log.type", "hazelcast");
    properties.put("openclaw.drain.delay", "1s");
    properties.put("openclaw.drain.duration", "3s");
    return properties;
  }
}
