package io.openclaw.gateway.wiring;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.database.DatabaseListeners;
import io.openclaw.gateway.source.jms.JmsConsumers;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.wiring.settings.GatewayConfiguration;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Starts the sources after everything they feed, and stops them before it. */
@ApplicationScoped
public class Sources {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();
  private static final int LAST = 9000;
  private static final int FIRST = 100;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/env/jms/ConnectionFactory")
  private ConnectionFactory connections;

  @Resource private UserTransaction transaction;
  @Inject private GatewaySettings settings;
  @Inject private LiveConfiguration configuration;
  @Inject private Ingest ingest;
  @Inject private Readiness readiness;

  private @Nullable JmsConsumers jms;
  private @Nullable DatabaseListeners databases;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Sources() {}

  void start(@Observes @Priority(LAST) @Initialized(ApplicationScoped.class) Object application) {
    int maxPayloadBytes = settings.ingest().maxPayloadBytes();
    GatewayConfiguration now = configuration.configuration();
    JmsConsumers jms =
        new JmsConsumers(
            settings.jms(),
            now.jms(),
            ingest,
            maxPayloadBytes,
            new JmsConsumers.Container(connections, transaction, threads, RANDOM));
    DatabaseListeners databases =
        new DatabaseListeners(now.databases(), ingest, maxPayloadBytes, threads, RANDOM);
    watch(jms::states);
    watch(databases::states);
    jms.start();
    databases.start();
    this.jms = jms;
    this.databases = databases;
  }

  void stop(
      @Observes @Priority(FIRST) @BeforeDestroyed(ApplicationScoped.class) Object application) {
    if (jms != null) {
      jms.stop(PATIENCE);
    }
    if (databases != null) {
      databases.stop(PATIENCE);
    }
  }

  private void watch(Supplier<List<SourceState>> states) {
    for (int i = 0; i < states.get().size(); i++) {
      int index = i;
      readiness.add(states.get().get(i).name(), () -> problem(states.get().get(index)));
    }
  }

  private static Optional<String> problem(SourceState state) {
    if (state.isReady()) {
      return Optional.empty();
    }
    return Optional.of(state.reason().isEmpty() ? state.status().toString() : state.reason());
  }
}
