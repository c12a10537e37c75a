package io.openclaw.gateway.lab;

import io.openclaw.gateway.dev.ServerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run of the lab.
 *
 * @param seed decides all that is left to chance, but for what the machine does
 * @param nodes how many gateways; one has no cluster
 * @param clients one in a hundred wants all topics, the others one each
 * @param perSecond publications, seven in ten by JMS, the others over HTTP
 * @param faults what happens, one after the other
 * @param calm between them
 * @param properties of the gateways
 * @param jvmOptions of their servers
 */
record LabPlan(
    ServerKind kind,
    long seed,
    int nodes,
    int clients,
    int topics,
    int perSecond,
    List<Fault> faults,
    Duration calm,
    Map<String, String> properties,
    List<String> jvmOptions) {

  /** What every gateway of the lab is given. */
  static final Map<String, String> PROPERTIES =
      Map.of(
          "openclaw.session.heartbeat", "2s",
          "openclaw.log.max-count", "400000",
          "openclaw.log.max-bytes", "256MiB",
          "openclaw.limits.admission.max-cpu-percent", "0");

  /** For those who measure nothing: several servers that start at once on few processors. */
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

  Random random() {
    return new Random(seed);
  }

  /** For people, with all that is needed to repeat it. */
  String describe() {
    return "seed %d: %d %s, %d clients, %d topics, %d publications/s, faults %s"
        .formatted(seed, nodes, kind.title(), clients, topics, perSecond, faults);
  }
}
