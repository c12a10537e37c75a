package io.openclaw.gateway.outlet.kafka;

import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The clusters that the configuration names, and a producer for each that something was sent to.
 * Thread-safe.
 */
public final class KafkaClusters implements AutoCloseable {
  private final Map<KafkaCluster, KafkaSender> senders = new HashMap<>();
  private volatile Map<String, KafkaCluster> known = Map.of();

  /**
   * From now on there are these; of several with one name the first counts. Producers of clusters
   * that are gone or have changed are closed.
   */
  public void configure(Collection<KafkaCluster> clusters) {
    Map<String, KafkaCluster> byName = new LinkedHashMap<>();
    clusters.forEach(cluster -> byName.putIfAbsent(cluster.name(), cluster));
    known = Map.copyOf(byName);
    gone(byName.values()).forEach(KafkaSender::close);
  }

  private synchronized List<KafkaSender> gone(Collection<KafkaCluster> there) {
    List<KafkaCluster> gone =
        senders.keySet().stream().filter(cluster -> !there.contains(cluster)).toList();
    return gone.stream().map(senders::remove).toList();
  }

  /**
   * The outlet of {@code kafka:CLUSTER/TOPIC}; reaches out with the first message.
   *
   * @throws IllegalArgumentException if there is no such cluster
   */
  public Outlet outlet(OutletAddress address) {
    int slash = address.rest().indexOf('/');
    String name = address.rest().substring(0, slash);
    find(name);
    return new KafkaOutlet(this, name, address.rest().substring(slash + 1));
  }

  /** The producer of the cluster that has that name now. */
  KafkaSender sender(String name) {
    return sender(find(name));
  }

  private KafkaCluster find(String name) {
    KafkaCluster cluster = known.get(name);
    if (cluster == null) {
      throw new IllegalArgumentException("there is no Kafka cluster named " + name);
    }
    return cluster;
  }

  /** The producer of {@code cluster}. */
  public synchronized KafkaSender sender(KafkaCluster cluster) {
    ClientLog.quieten();
    return senders.computeIfAbsent(cluster, KafkaSender::new);
  }

  @Override
  public void close() {
    configure(List.of());
  }
}
