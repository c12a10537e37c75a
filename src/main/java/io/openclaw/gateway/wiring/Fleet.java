package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.fleet.SessionDirectory;
import io.openclaw.gateway.fleet.SharedLimits;
import io.openclaw.gateway.fleet.SharedRevocations;
import io.openclaw.gateway.fleet.SharedSources;
import io.openclaw.gateway.fleet.TopicDirectory;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.RequestLimits;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.source.SourceCatalog;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has this node tell the others, and hear from them, what holds on all nodes. */
@ApplicationScoped
public class Fleet {
  private static final Logger LOG = System.getLogger(Fleet.class.getName());
  private static final int AFTER_JOINING = 100;
  private static final int BEFORE_LEAVING = 9800;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  @Inject private SessionDirectory directory;
  @Inject private TopicDirectory topics;
  @Inject private SharedRevocations revocations;
  @Inject private SharedLimits limits;
  @Inject private GatewaySettings settings;

  private @Nullable ScheduledFuture<?> sweep;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Fleet() {}

  @Produces
  @Singleton
  static SessionDirectory directory(Cluster cluster, Sessions sessions, Audit audit) {
    return new SessionDirectory(cluster, sessions, audit);
  }

  @Produces
  @Singleton
  static TopicDirectory topics(Cluster cluster, Sessions sessions) {
    return new TopicDirectory(cluster, sessions);
  }

  @Produces
  @Singleton
  static SharedRevocations revocations(
      Cluster cluster, Revocations revocations, Sessions sessions, Audit audit, Clock clock) {
    return new SharedRevocations(cluster, revocations, sessions, audit, clock);
  }

  @Produces
  @Singleton
  static SharedLimits limits(Cluster cluster, RequestLimits requests, Sessions sessions) {
    return new SharedLimits(cluster, requests, sessions);
  }

  @Produces
  @Singleton
  static SharedSources sources(Cluster cluster, SourceCatalog catalog, GatewaySettings settings) {
    return new SharedSources(cluster, catalog, !settings.cluster().enabled());
  }

  @Produces
  @Singleton
  static AdminCommands.Everywhere everywhere(
      SessionDirectory sessions, TopicDirectory topics, SharedRevocations revocations) {
    return new AdminCommands.Everywhere(sessions, topics, revocations);
  }

  void start(
      @Observes @Priority(AFTER_JOINING) @Initialized(ApplicationScoped.class) Object application) {
    directory.start();
    topics.start();
    revocations.start();
    limits.start();
    if (settings.cluster().enabled()) {
      sweep = scheduler.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    }
  }

  /** A fault in one sweep must not end the following ones. */
  private void sweep() {
    try {
      limits.sweep();
      revocations.sweep();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a sweep failed", e);
    }
  }

  void stop(
      @Observes @Priority(BEFORE_LEAVING) @BeforeDestroyed(ApplicationScoped.class)
          Object application) {
    if (sweep != null) {
      sweep.cancel(false);
    }
  }
}
