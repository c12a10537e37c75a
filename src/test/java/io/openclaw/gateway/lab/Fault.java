package io.openclaw.gateway.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Something that goes wrong, or is done to the gateways, while events flow. */
sealed interface Fault {
  /** A node ends as by a power cut, and is started again. */
  record Kill(int node) implements Fault {}

  /** A node stands still for a while, and does not know that it did. */
  record Freeze(int node, Duration time) implements Fault {}

  /** A node is parted from the others for a while; clients and the broker reach it. */
  record Cut(int node, Duration time, Links.State how) implements Fault {}

  /** The broker ends as by a power cut, and is started again. */
  record BrokerRestart() implements Fault {}

  /** Each node, one after the other, is asked to end and is started again. */
  record Rolling() implements Fault {}

  /**
   * One of each, in an order and with nodes and times that the seed decides.
   *
   * @param longest for freezes and cuts; the shortest is 5 s
   */
  static List<Fault> oneOfEach(Random random, int nodes, Duration longest, boolean ownBroker) {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Kill(random.nextInt(nodes)));
    faults.add(new Freeze(random.nextInt(nodes), time(random, longest)));
    if (nodes > 1) {
      faults.add(new Cut(random.nextInt(nodes), time(random, longest), Links.State.REFUSED));
      faults.add(new Cut(random.nextInt(nodes), time(random, longest), Links.State.SILENT));
      faults.add(new Rolling());
    }
    if (ownBroker) {
      faults.add(new BrokerRestart());
    }
    Collections.shuffle(faults, random);
    return faults;
  }

  private static Duration time(Random random, Duration longest) {
    return Duration.ofSeconds(5 + random.nextLong(Math.max(1, longest.toSeconds() - 4)));
  }
}
