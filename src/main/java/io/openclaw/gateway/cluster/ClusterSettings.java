package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.List;

/**
 * Whether and how this node finds others. Where the server brings the cluster's engine itself
 * (Payara), that is told by the server's own options, and only {@code enabled} counts here.
 *
 * @param enabled whether there may be other nodes
 * @param name of the cluster: only nodes with the same name find each other
 * @param port where the cluster's traffic arrives, the first that is tried
 * @param portCount how many ports are tried, from the first
 * @param interfaces addresses of which one is listened on, {@code 10.0.0.*} too
 * @param discovery how others are found
 * @param maxNoHeartbeat after what silence a node counts as gone; in whole seconds
 * @param lease after what silence another node may do what only one does; in whole seconds
 */
public record ClusterSettings(
    boolean enabled,
    String name,
    int port,
    int portCount,
    List<String> interfaces,
    Discovery discovery,
    Duration maxNoHeartbeat,
    Duration lease) {
  /** How nodes find each other; never by multicast. */
  public enum Join {
    /** By a list of addresses. */
    TCP,
    /** By a name that the DNS resolves to all of them. */
    DNS,
    /** By asking Kubernetes for the pods of a service. */
    KUBERNETES
  }

  /**
   * How others are found.
   *
   * @param members for TCP: {@code host} or {@code host:port}
   * @param dnsName for DNS: a name that resolves to the addresses of all nodes
   * @param service for Kubernetes: the service whose pods are the nodes
   * @param namespace for Kubernetes: where the service is; empty: where this pod is
   */
  public record Discovery(
      Join join, List<String> members, String dnsName, String service, String namespace) {
    /** Nobody to look for. */
    public static final Discovery NOBODY = new Discovery(Join.TCP, List.of(), "", "", "");

    /**
     * @throws IllegalArgumentException if what the way of joining needs is missing
     */
    public Discovery {
      members = List.copyOf(members);
      if (join == Join.DNS && dnsName.isEmpty()) {
        throw new IllegalArgumentException("join=dns needs dns-name");
      }
      if (join == Join.KUBERNETES && service.isEmpty()) {
        throw new IllegalArgumentException("join=kubernetes needs kubernetes-service");
      }
    }
  }

  /**
   * One node. If there are to be more: on loopback, a port of Hazelcast's usual ones, and 10 s as a
   * pause of a garbage collector is shorter and people notice what takes longer.
   */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          false,
          "openclaw",
          5701,
          20,
          List.of("127.0.0.1"),
          Discovery.NOBODY,
          Duration.ofSeconds(10),
          Leases.USUAL);

  /**
   * @throws IllegalArgumentException if something is out of range
   */
  public ClusterSettings {
    interfaces = List.copyOf(interfaces);
    if (interfaces.isEmpty()) {
      throw new IllegalArgumentException("interfaces names an address at least");
    }
    if (maxNoHeartbeat.toSeconds() < 2) {
      throw new IllegalArgumentException("max-no-heartbeat is 2 s at least");
    }
    if (lease.compareTo(Leases.SHORTEST) < 0) {
      throw new IllegalArgumentException("lease is " + Leases.SHORTEST.toSeconds() + " s at least");
    }
  }
}
