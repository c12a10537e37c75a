package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has this node's spaces compared with those of the others as long as it runs. */
@ApplicationScoped
public class SpacesWatch {
  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  @Inject private Cluster cluster;
  @Inject private LiveConfiguration configuration;
  @Inject private Readiness readiness;
  private @Nullable ScheduledFuture<?> sweep;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public SpacesWatch() {}

  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    SpacesAgreement agreement =
        SpacesAgreement.over(cluster, configuration.configuration().spaces());
    readiness.add("spaces", agreement::problem);
    sweep = scheduler.scheduleWithFixedDelay(agreement::sweep, 1, 1, TimeUnit.SECONDS);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    if (sweep != null) {
      sweep.cancel(false);
    }
  }
}
