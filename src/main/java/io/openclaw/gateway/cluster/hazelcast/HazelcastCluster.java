package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SharedMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The nodes that are members of one Hazelcast cluster and run the gateway. Thread-safe; it has one
 * thread, which calls all listeners.
 */
public final class HazelcastCluster implements Cluster, AutoCloseable {
  private static final String MAPS = "openclaw.map.";
  private static final int LONGEST_SECONDS = 24 * 60 * 60;

  private final HazelcastInstance hazelcast;
  private final Node self;
  private final Deliveries deliveries = new Deliveries();
  private final Membership membership;
  private final Mail mail;
  private final Map<String, SharedMap> maps = new ConcurrentHashMap<>();

  private HazelcastCluster(HazelcastInstance hazelcast, Node self) {
    this.hazelcast = hazelcast;
    this.self = self;
    hazelcast.getConfig().addMapConfig(lasting(MAPS + '*'));
    hazelcast.getConfig().addMapConfig(lasting(Membership.NAMES));
    membership = new Membership(hazelcast, self, deliveries);
    mail = new Mail(hazelcast, self, deliveries);
  }

  /**
   * Each value on two nodes; of a cluster that fell apart those of the larger part stay. The time
   * to live is that of values that are put without one.
   */
  private static MapConfig lasting(String name) {
    return new MapConfig(name)
        .setBackupCount(1)
        .setReadBackupData(false)
        .setTimeToLiveSeconds(LONGEST_SECONDS)
        .setStatisticsEnabled(false)
        .setMergePolicyConfig(
            new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()));
  }

  /**
   * Joins the other nodes, and returns when it knows which are there.
   *
   * @param threads makes its thread
   */
  public static HazelcastCluster join(HazelcastEngine engine, Node self, ThreadFactory threads) {
    HazelcastCluster cluster = new HazelcastCluster(engine.instance(), self);
    cluster.membership.onChange(cluster.mail::keep);
    cluster.membership.join();
    threads.newThread(() -> cluster.deliveries.run(cluster.membership::look)).start();
    return cluster;
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public List<Node> nodes() {
    return membership.nodes();
  }

  @Override
  public void onChange(Consumer<List<Node>> listener) {
    membership.onChange(listener);
  }

  @Override
  public void broadcast(String subject, byte[] message) {
    mail.tell(subject, message);
  }

  @Override
  public void receive(String subject, BiConsumer<Node, byte[]> receiver) {
    mail.receive(subject, receiver);
  }

  @Override
  public CompletableFuture<Map<Node, byte[]>> ask(
      String subject, byte[] question, Duration timeout) {
    return mail.ask(subject, question, others(), timeout);
  }

  @Override
  public void answerLater(String subject, Function<byte[], CompletableFuture<byte[]>> responder) {
    mail.answer(subject, responder);
  }

  @Override
  public SharedMap map(String name) {
    return maps.computeIfAbsent(
        name, key -> new HazelcastMap(hazelcast.getMap(MAPS + key), deliveries));
  }

  /** Leaves the other nodes; the member of Hazelcast stays. */
  @Override
  public void close() {
    deliveries.stop();
    mail.close();
    membership.leave();
  }
}
