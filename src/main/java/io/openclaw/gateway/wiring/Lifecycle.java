package io.openclaw.gateway.wiring;

import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.presence.PresenceWriter;
import io.openclaw.gateway.security.Admission;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.topic.TopicRule;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the parts of the gateway with the application and stops them before it ends. */
@ApplicationScoped
public class Lifecycle {
  private static final Logger LOGGER = System.getLogger(Lifecycle.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PRESENCE_PATIENCE = Duration.ofSeconds(2);

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  @Inject private Logs logs;
  @Inject private Readiness readiness;
  @Inject private Sessions sessions;
  @Inject private LiveConfiguration configuration;
  @Inject private Admission admission;
  @Inject private Audit audit;
  @Inject private TrustWatch trust;
  @Inject private Sources sources;
  @Inject private Presence presence;
  @Inject private PresenceWriter presenceWriter;

  private @Nullable ScheduledFuture<?> sweep;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Lifecycle() {}

  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    logs.open(readiness);
    sessions.attend(presence);
    sessions.start(threads);
    presenceWriter.start(threads);
    sweep = scheduler.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    LOGGER.log(Level.INFO, "The gateway is up");
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    if (sweep != null) {
      sweep.cancel(false);
    }
    sessions.stop(PATIENCE);
    presenceWriter.stop(PRESENCE_PATIENCE);
    logs.close();
    LOGGER.log(Level.INFO, "The gateway is down");
  }

  /** A fault in one sweep must not end the following ones. */
  private void sweep() {
    try {
      logs.sweep();
      admission.sample(System.nanoTime());
      List<TopicRule> topics = configuration.configuration().topics();
      boolean accessChanged = configuration.sweep();
      if (accessChanged) {
        audit.write(
            AuditEvent.POLICY_CHANGED,
            Caller.UNKNOWN,
            "rules",
            String.valueOf(configuration.policy().get().rules().size()));
      }
      if (accessChanged || !topics.equals(configuration.configuration().topics())) {
        sessions.recheck();
      }
      trust.sweep();
      sources.sweep();
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a sweep failed", e);
    }
  }
}
