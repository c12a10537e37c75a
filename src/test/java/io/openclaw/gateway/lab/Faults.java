package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.BrokerProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does what a {@link Fault} says, and returns when it is over. <i>Confined to one thread.</i> */
final class Faults {
  private static final Duration DOWN = Duration.ofSeconds(2);

  private final LabNodes nodes;
  private final Timeline timeline;
  private final Runnable settled;

  /**
   * @param settled blocks until all clients are live again
   */
  Faults(LabNodes nodes, Timeline timeline, Runnable settled) {
    this.nodes = nodes;
    this.timeline = timeline;
    this.settled = settled;
  }

  void happen(Fault fault) throws Exception {
    timeline.say("%s", fault);
    if (fault instanceof Fault.Kill kill) {
      kill(kill.node());
    } else if (fault instanceof Fault.Freeze freeze) {
      nodes.freeze(freeze.node());
      pass(freeze.time());
      nodes.thaw(freeze.node());
      timeline.say("node %d goes on", freeze.node());
    } else if (fault instanceof Fault.Cut cut) {
      cut(cut);
    } else if (fault instanceof Fault.BrokerRestart) {
      BrokerProcess broker = nodes.broker().orElseThrow();
      broker.kill();
      pass(DOWN);
      broker.restart();
      timeline.say("the broker is back");
    } else if (fault instanceof Fault.Rolling) {
      roll();
    }
  }

  private void kill(int node) {
    nodes.server(node).kill();
    if (nodes.size() > 1) {
      settled.run();
    }
    nodes.server(node).restart();
    timeline.say("node %d is ready again", node);
  }

  private void cut(Fault.Cut cut) {
    Links links = nodes.links().orElseThrow();
    links.set(cut.node(), cut.how());
    pass(cut.time());
    links.set(cut.node(), Links.State.OPEN);
    timeline.say("node %d is joined again", cut.node());
  }

  private void roll() throws Exception {
    for (int node = 0; node < nodes.size(); node++) {
      nodes.end(node);
      timeline.say("node %d has ended", node);
      nodes.server(node).restart();
      timeline.say("node %d is ready again", node);
      settled.run();
    }
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }
}
