package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.cluster.ClusterSettings;
import io.openclaw.gateway.cluster.ClusterSettings.Discovery;
import io.openclaw.gateway.cluster.ClusterSettings.Join;
import io.openclaw.gateway.cluster.Leases;
import java.time.Duration;
import java.util.List;

/** Which keys fill the settings of the cluster. */
final class ClusterBindings {
  private static final String PREFIX = "openclaw.cluster.";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORTS = 1_000;
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private ClusterBindings() {}

  static ClusterSettings cluster(SettingsReader in) {
    ClusterSettings d = ClusterSettings.DEFAULT;
    boolean enabled = in.flag(PREFIX + "enabled", d.enabled());
    String name = in.text(PREFIX + "name", d.name());
    int port = in.integer(PREFIX + "port", d.port(), 1, MAX_PORT);
    int portCount = in.integer(PREFIX + "port-count", d.portCount(), 1, MAX_PORTS);
    List<String> interfaces = in.list(PREFIX + "interfaces", String.join(",", d.interfaces()));
    Discovery discovery = discovery(in);
    Duration silence =
        in.duration(PREFIX + "max-no-heartbeat", d.maxNoHeartbeat(), SHORTEST, LONGEST);
    Duration lease = in.duration(PREFIX + "lease", d.lease(), Leases.SHORTEST, LONGEST);
    return in.make(
        PREFIX + "interfaces",
        d,
        () ->
            new ClusterSettings(
                enabled, name, port, portCount, interfaces, discovery, silence, lease));
  }

  private static Discovery discovery(SettingsReader in) {
    Join join = in.choice(PREFIX + "join", Join.class, Discovery.NOBODY.join());
    List<String> members = in.list(PREFIX + "members");
    String dnsName = in.text(PREFIX + "dns-name", "");
    String service = in.text(PREFIX + "kubernetes-service", "");
    String namespace = in.text(PREFIX + "kubernetes-namespace", "");
    return in.make(
        PREFIX + "join",
        Discovery.NOBODY,
        () -> new Discovery(join, members, dnsName, service, namespace));
  }
}
