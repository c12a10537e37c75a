package io.openclaw.gateway.dev;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the cluster engine of one server listens and where it finds the others, on loopback.
 *
 * @param bind the address on which it listens, {@code 127.x.y.z}
 * @param port where it listens
 * @param advertised what it tells the others, {@code address:port}; empty: where it listens
 * @param members all that it looks for, {@code address:port} each; empty: it is alone
 */
public record ClusterPlace(String bind, int port, String advertised, List<String> members) {
  /** A server without a cluster. */
  public static final ClusterPlace ALONE = new ClusterPlace("", 0, "", List.of());

  public ClusterPlace {
    members = List.copyOf(members);
  }

  /** One of several on 127.0.0.1. */
  public static ClusterPlace of(int port, List<Integer> ports) {
    return new ClusterPlace(
        "127.0.0.1", port, "", ports.stream().map(each -> "127.0.0.1:" + each).toList());
  }

  boolean isAlone() {
    return members.isEmpty();
  }

  /** What Payara Micro is told; without {@code --nohostaware} there are no backups on one host. */
  List<String> payaraOptions() {
    return isAlone()
        ? List.of("--nocluster")
        : List.of(
            "--clustermode",
            "tcpip:" + String.join(",", members),
            "--interfaces",
            "127.0.0.1",
            "--startport",
            Integer.toString(port),
            "--nohostaware");
  }

  /**
   * Options of the JVM: settings of the gateway, for servers that have no cluster engine of their
   * own, and those that the engine itself reads on every server.
   */
  List<String> jvmOptions() {
    if (isAlone()) {
      return List.of();
    }
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Dopenclaw.cluster.enabled=true",
                "-Dopenclaw.cluster.port=" + port,
                "-Dopenclaw.cluster.port-count=1",
                "-Dopenclaw.cluster.members=" + String.join(",", members),
                "-Dopenclaw.cluster.max-no-heartbeat=10s",
                "-Dhazelcast.socket.bind.any=false",
                "-Dhazelcast.operation.fail.on.indeterminate.state=true",
                "-Dhazelcast.heartbeat.interval.seconds=1",
                "-Dhazelcast.max.no.heartbeat.seconds=10",
                "-Dhazelcast.merge.first.run.delay.seconds=10",
                "-Dhazelcast.merge.next.run.delay.seconds=10"));
    if (!advertised.isEmpty()) {
      options.add("-Dhazelcast.local.localAddress=" + bind);
      options.add("-Dhazelcast.local.publicAddress=" + advertised);
    }
    return options;
  }
}
