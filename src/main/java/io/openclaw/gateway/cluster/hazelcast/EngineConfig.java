package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.config.NetworkConfig;
import io.openclaw.gateway.cluster.ClusterSettings;
import io.openclaw.gateway.cluster.ClusterSettings.Discovery;
import io.openclaw.gateway.cluster.Node;
import java.util.Map;

/** How a member of our own is configured. Whatever listens for others than members is off. */
final class EngineConfig {
  /** What a member is started with, wherever; docs/cluster.md has the same for Payara. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.logging.type", "jdk"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.jmx", "false"),
          // The application ends first, and takes its member with it.
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "10"),
          // Listens on the chosen interface alone.
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "3"),
          // What may not have reached its backup is told as a failure.
          Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          // The usual 5 s wait for further nodes, and 5 min and 2 min before it looks for a lost
          // part.
          Map.entry("hazelcast.wait.seconds.before.join", "1"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "10"));

  private EngineConfig() {}

  static Config of(ClusterSettings settings, Node self, ClassLoader classes) {
    Config config = new Config();
    config.setInstanceName("openclaw-" + self.name());
    config.setClusterName(settings.name());
    config.setClassLoader(classes);
    PROPERTIES.forEach(config::setProperty);
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds",
        String.valueOf(settings.maxNoHeartbeat().toSeconds()));
    config.getMetricsConfig().setEnabled(false);
    // Classes of Java and Hazelcast only: nobody else's are ever sent.
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
    listen(config.getNetworkConfig(), settings);
    join(config.getNetworkConfig().getJoin(), settings);
    return config;
  }

  private static void listen(NetworkConfig network, ClusterSettings settings) {
    network.setPort(settings.port());
    network.setPortCount(settings.portCount());
    network.setPortAutoIncrement(settings.portCount() > 1);
    network.getInterfaces().setEnabled(true).setInterfaces(settings.interfaces());
    network.getRestApiConfig().setEnabled(false);
    network.getMemcacheProtocolConfig().setEnabled(false);
  }

  private static void join(JoinConfig join, ClusterSettings settings) {
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    Discovery discovery = settings.discovery();
    switch (discovery.join()) {
      case TCP -> join.getTcpIpConfig().setEnabled(true).setMembers(discovery.members());
      case DNS -> kubernetes(join, settings.port()).setProperty("service-dns", discovery.dnsName());
      case KUBERNETES -> {
        KubernetesConfig pods = kubernetes(join, settings.port());
        pods.setProperty("service-name", discovery.service());
        if (!discovery.namespace().isEmpty()) {
          pods.setProperty("namespace", discovery.namespace());
        }
      }
    }
  }

  /** It also looks names up, wherever it runs. */
  private static KubernetesConfig kubernetes(JoinConfig join, int port) {
    KubernetesConfig config = join.getKubernetesConfig();
    config.setEnabled(true);
    config.setProperty("service-port", String.valueOf(port));
    return config;
  }
}
