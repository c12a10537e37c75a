package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Leases;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.cluster.hazelcast.HazelcastCluster;
import io.openclaw.gateway.cluster.hazelcast.HazelcastEngine;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Has this node join the others with the first part that needs them, and leave them after all parts
 * have stopped. Where there is no cluster, nothing of its engine is touched.
 */
@ApplicationScoped
public class Clustering {
  private static final Logger LOG = System.getLogger(Clustering.class.getName());
  private static final String OF_PAYARA = "payara/Hazelcast";
  private static final int BEFORE_ALL = 50;
  private static final int AFTER_ALL = 9900;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  /** What needs the cluster cannot be injected here, nor what needs that. */
  @Inject private Instance<Readiness> readiness;

  @Inject private Instance<Leases> leases;

  private volatile @Nullable Supplier<Optional<String>> problem;
  private volatile @Nullable Supplier<String> nodes;
  private @Nullable ScheduledFuture<?> renewal;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Clustering() {}

  /** Made only where there is a cluster: ask for an {@code Instance} of it. */
  @Produces
  @Singleton
  HazelcastEngine engine(GatewaySettings settings) {
    Object ofServer = ofServer();
    LOG.log(
        Level.INFO,
        "The cluster runs on {0}",
        ofServer == null ? "Hazelcast of the gateway" : "Hazelcast of the server");
    HazelcastEngine engine =
        ofServer == null
            ? HazelcastEngine.start(settings.cluster(), node(), Clustering.class.getClassLoader())
            : HazelcastEngine.ofServer(ofServer);
    open(engine);
    problem = engine::problem;
    return engine;
  }

  @SuppressWarnings("BanJNDI") // a name of ours, which no input reaches
  private static @Nullable Object ofServer() {
    try {
      return new InitialContext().lookup(OF_PAYARA);
    } catch (NamingException e) {
      LOG.log(Level.DEBUG, "the server has no Hazelcast", e);
      return null;
    }
  }

  private static Node node() {
    return new Node(NodeName.ofThisProcess());
  }

  @Produces
  @Singleton
  Cluster cluster(GatewaySettings settings, Instance<HazelcastEngine> engine) {
    if (!settings.cluster().enabled()) {
      return new SingleNode(node(), System::nanoTime);
    }
    HazelcastCluster cluster = HazelcastCluster.join(engine.get(), node(), threads);
    open(cluster);
    nodes = () -> cluster.nodes().toString();
    return cluster;
  }

  @Produces
  @Singleton
  Leases leases(GatewaySettings settings, Cluster cluster) {
    return new Leases(cluster, settings.cluster().lease(), System::nanoTime);
  }

  /** Early, so that whoever needs the cluster finds it, and it is there if nobody does. */
  void join(@Observes @Priority(BEFORE_ALL) @Initialized(ApplicationScoped.class) Object event) {
    Leases wanted = leases.get();
    Supplier<Optional<String>> engineProblem = problem;
    if (engineProblem != null) {
      readiness.get().add("cluster", engineProblem);
    }
    Supplier<String> whichNodes = nodes;
    if (whichNodes != null) {
      readiness.get().addState("nodes", whichNodes);
    }
    renewal = scheduler.scheduleWithFixedDelay(() -> renew(wanted), 1, 1, TimeUnit.SECONDS);
  }

  /** A fault in one renewal must not end the following ones. */
  private static void renew(Leases leases) {
    try {
      leases.renew();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "leases could not be renewed", e);
    }
  }

  private synchronized void open(AutoCloseable part) {
    opened.push(part);
  }

  /** The node before the engine. */
  synchronized void leave(
      @Observes @Priority(AFTER_ALL) @BeforeDestroyed(ApplicationScoped.class) Object application) {
    if (renewal != null) {
      renewal.cancel(false);
    }
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // the server goes on whatever it is
        LOG.log(Level.WARNING, "the cluster was not left well", e);
      }
    }
  }
}
