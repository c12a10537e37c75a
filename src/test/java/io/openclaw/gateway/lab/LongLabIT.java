package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.ServerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The failure lab in its long form: {@code ./mvnw verify -Ppayara,lab -Dit.test=LongLabIT}, or with
 * {@code -Pwildfly,lab} on WildFly. {@code -Dopenclaw.lab.seed}, {@code .rounds}, {@code .clients}
 * and {@code .rate} are for {@link #everythingThatCanGoWrong()}.
 */
@Tag("lab")
class LongLabIT {
  private static final int NODES = 3;
  private static final ServerKind SERVER =
      ServerKind.of(System.getProperty("arquillian.launch", "payara")).orElseThrow();

  @Test
  void everythingThatCanGoWrong() throws Exception {
    long seed = Long.getLong("openclaw.lab.seed", System.nanoTime() & 0xFFFF);
    int rounds = Integer.getInteger("openclaw.lab.rounds", 1);
    int clients = Integer.getInteger("openclaw.lab.clients", 500);
    int perSecond = Integer.getInteger("openclaw.lab.rate", 500);
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      boolean ownBroker = SERVER == ServerKind.PAYARA;
      faults.addAll(Fault.oneOfEach(random, NODES, Duration.ofSeconds(40), ownBroker));
    }
    run(seed, clients, 20, perSecond, faults);
  }

  /** The aim: 1,000 clients under 1,000 publications/s are back and complete within 10 s. */
  @Test
  void afterTheKillOfANodeItsClientsAreBackInTenSeconds() throws Exception {
    Lab.Outcome outcome = run(1, 1_000 * NODES, 200, 1_000, List.of(new Fault.Kill(1)));
    assertTrue(outcome.passed().get(0).backMillis() < 10_000, outcome.passed()::toString);
  }

  /**
   * The aim: nothing lost, nothing doubled, no second with more than 10 % of clients connecting.
   */
  @Test
  void aRollingRestartIsNotNoticed() throws Exception {
    int clients = 3_000;
    Lab.Outcome outcome = run(1, clients, 200, 300, List.of(new Fault.Rolling()));
    assertTrue(outcome.passed().get(0).mostConnects() <= clients / 10, outcome.passed()::toString);
  }

  /** The aim: p50 under 3 ms, p99 under 25 ms. */
  @Test
  void aPublicationOnOneNodeReachesClientsOfAnother() throws Exception {
    Timeline timeline = new Timeline(System.out);
    try (LabNodes nodes = new LabNodes(SERVER, NODES, properties(), List.of())) {
      Ledger ledger = new Ledger(10);
      List<Node> others = nodes.nodes().subList(1, NODES);
      Crowd crowd = new Crowd(20, 10, others, nodes.token(), new Random(1), 100);
      SocketPublisher publisher;
      try (crowd) {
        crowd.start();
        Awaitility.await().until(() -> crowd.live() == crowd.size());
        publisher = new SocketPublisher(ledger, nodes.nodes().get(0), nodes.token());
        publisher.publish(1_000, 20);
        crowd.measure(true);
        publisher.publish(1_000, 20);
        Awaitility.await().until(() -> publisher.trouble().isEmpty());
      }
      Verdict verdict = new Checker(crowd.logs(), ledger.sendings(), false).check();
      timeline.say("p50 %.1f ms, p99 %.1f ms", crowd.millis(50), crowd.millis(99));
      assertTrue(verdict.isClean(), verdict::report);
      assertTrue(crowd.millis(50) < 3 && crowd.millis(99) < 25);
    }
  }

  private static Lab.Outcome run(
      long seed, int clients, int topics, int perSecond, List<Fault> faults) throws Exception {
    LabPlan plan =
        new LabPlan(
            SERVER,
            seed,
            NODES,
            clients,
            topics,
            perSecond,
            faults,
            Duration.ofSeconds(5),
            properties(),
            List.of());
    Lab.Outcome outcome = new Lab(plan, new Timeline(System.out)).run();
    assertTrue(outcome.verdict().isClean(), outcome.verdict()::report);
    assertEquals(List.of(), outcome.troubles());
    return outcome;
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(LabPlan.PROPERTIES);
    properties.put("openclaw.log.type", "hazelcast");
    return properties;
  }
}
