package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Runs a plan: gateways, publishers and clients are started, one fault after the other happens, and
 * when all have settled, the checker has its say. <i>Confined to one thread.</i>
 */
final class Lab {
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(90);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final long RAMP_MILLIS = 3_000;

  /**
   * What a fault did to clients.
   *
   * @param backMillis from its beginning until all clients were live again; 0 if none was away
   * @param mostConnects attempts to connect in one second from its beginning to that of the next
   */
  record Passed(Fault fault, long backMillis, int mostConnects) {}

  /**
   * What came of a run.
   *
   * @param p50Millis from sending to arrival, before the first fault
   * @param troubles of publishers that have given up
   */
  record Outcome(
      Verdict verdict,
      List<Passed> passed,
      double p50Millis,
      double p99Millis,
      List<String> troubles) {}

  private final LabPlan plan;
  private final Timeline timeline;
  private final Random random;
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();
  private long faultNanos;

  Lab(LabPlan plan, Timeline timeline) {
    this.plan = plan;
    this.timeline = timeline;
    this.random = plan.random();
  }

  /** Starts, runs and ends everything. */
  Outcome run() throws Exception {
    timeline.say("%s", plan.describe());
    try (LabNodes nodes =
        new LabNodes(plan.kind(), plan.nodes(), plan.properties(), plan.jvmOptions())) {
      timeline.say("all nodes are ready");
      return run(nodes);
    }
  }

  private Outcome run(LabNodes nodes) throws Exception {
    Ledger ledger = new Ledger(plan.topics());
    Crowd crowd =
        new Crowd(plan.clients(), plan.topics(), nodes.nodes(), nodes.token(), random, RAMP_MILLIS);
    try (crowd) {
      crowd.start();
      settle(crowd);
      publish(nodes, ledger);
      calm(crowd, ledger);
      crowd.measure(true);
      Load load = new Load(nodes);
      calm(crowd, ledger);
      timeline.say("%s", load.report());
      crowd.measure(false);
      Faults faults = new Faults(nodes, timeline, () -> settle(crowd));
      for (Fault fault : plan.faults()) {
        faultNanos = System.nanoTime();
        faults.happen(fault);
        nodes.awaitReady();
        settle(crowd);
        calm(crowd, ledger);
        passed.add(new Passed(fault, backMillis(crowd), crowd.connects().mostSince(faultNanos)));
      }
      finish(crowd, ledger);
      sayWhatIsLeft(nodes);
    }
    Verdict verdict = new Checker(crowd.logs(), ledger.sendings(), false).check();
    Outcome outcome = outcome(crowd, verdict);
    report(outcome);
    return outcome;
  }

  private void publish(LabNodes nodes, Ledger ledger) {
    int byJms = plan.perSecond() * 7 / 10;
    for (int port : nodes.brokerPorts()) {
      publishers.add(new JmsPublisher(ledger, byJms / nodes.brokerPorts().size(), port));
    }
    publishers.add(
        new HttpPublisher(ledger, plan.perSecond() - byJms, nodes.nodes(), nodes.token()));
    publishers.forEach(Publisher::start);
  }

  /** Blocks until all clients are live; says so if they are not in time. */
  private void settle(Crowd crowd) {
    try {
      Awaitility.await()
          .atMost(SETTLE_LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> crowd.live() == crowd.size());
    } catch (ConditionTimeoutException e) {
      timeline.say("only %d of %d clients are live", crowd.live(), crowd.size());
      return;
    }
    if (faultNanos > 0) {
      timeline.say(
          "all %d clients are live, since %d ms after it began", crowd.size(), backMillis(crowd));
    }
  }

  private long backMillis(Crowd crowd) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(crowd.completeNanos() - faultNanos));
  }

  private void calm(Crowd crowd, Ledger ledger) {
    long end = System.nanoTime() + plan.calm().toNanos();
    Awaitility.await().forever().until(() -> System.nanoTime() - end > 0);
    timeline.say("%d publications in, %d deliveries", ledger.count(), crowd.deliveries());
  }

  /** No more events, and all that are on their way arrive. */
  private void finish(Crowd crowd, Ledger ledger) throws InterruptedException {
    for (Publisher publisher : publishers) {
      publisher.close();
    }
    timeline.say("the publishers have ended, %d publications", ledger.count());
    long[] last = {-1, System.nanoTime()};
    Awaitility.await()
        .atMost(SETTLE_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> isQuiet(crowd, last));
    settle(crowd);
  }

  /** What a broker still has is what the log should have. */
  private void sayWhatIsLeft(LabNodes nodes) {
    for (int port : nodes.brokerPorts()) {
      timeline.say(
          "the broker at %d has %d messages left, and %d dead letters",
          port, JmsPublisher.in(Broker.EVENTS, port), JmsPublisher.in(Broker.DEAD, port));
    }
  }

  private static boolean isQuiet(Crowd crowd, long[] last) {
    long deliveries = crowd.deliveries();
    if (deliveries != last[0]) {
      last[0] = deliveries;
      last[1] = System.nanoTime();
    }
    return System.nanoTime() - last[1] > QUIET.toNanos();
  }

  private Outcome outcome(Crowd crowd, Verdict verdict) {
    return new Outcome(
        verdict,
        List.copyOf(passed),
        crowd.millis(50),
        crowd.millis(99),
        publishers.stream().map(Publisher::trouble).filter(what -> !what.isEmpty()).toList());
  }

  private void report(Outcome outcome) {
    outcome.passed().forEach(each -> timeline.say("%s", each));
    timeline.say("p50 %.1f ms, p99 %.1f ms", outcome.p50Millis(), outcome.p99Millis());
    publishers.forEach(
        publisher ->
            timeline.say(
                "%d failures of a publisher %s", publisher.failures(), publisher.trouble()));
    timeline.say("%s", outcome.verdict().report());
  }
}
