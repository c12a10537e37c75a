package io.openclaw.gateway.wiring;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openclaw.gateway.cluster.Leases;
import io.openclaw.gateway.fleet.SharedSources;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.kafka.KafkaClusters;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.LeaseFeed;
import io.openclaw.gateway.source.Readers;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCatalog;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceRegistry;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.Turn;
import io.openclaw.gateway.source.camel.CamelSource;
import io.openclaw.gateway.source.camel.RouteDirectory;
import io.openclaw.gateway.source.camel.RouteFileOptions;
import io.openclaw.gateway.source.camel.RouteFileSettings;
import io.openclaw.gateway.source.database.DatabaseSource;
import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.database.ExclusiveFeed;
import io.openclaw.gateway.source.jms.JmsBeanSettings;
import io.openclaw.gateway.source.jms.JmsInbox;
import io.openclaw.gateway.source.jms.JmsSource;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import io.openclaw.gateway.source.kafka.KafkaSource;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings;
import io.openclaw.gateway.source.replication.ReplicationSettings;
import io.openclaw.gateway.source.replication.ReplicationSource;
import io.openclaw.gateway.telemetry.LogMetrics;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.telemetry.SourceMetrics;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import io.openclaw.gateway.wiring.settings.SettingsReader;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Runs the sources that the configuration speaks of: starts them after everything they feed,
 * changes them while the gateway runs, and stops them before what they feed.
 */
@ApplicationScoped
public class Sources {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration STALL_LIMIT = Duration.ofSeconds(10);
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

  @Inject private JmsInbox inbox;
  @Inject private Instance<SourceCatalog> catalog;
  @Inject private Instance<SharedSources> shared;
  @Inject private KafkaClusters kafka;
  @Inject private Outlets outlets;
  @Inject private CamelSource.Parts camel;
  @Inject private RouteDirectory routes;
  @Inject private Leases leases;

  private final SourceRegistry registry = new SourceRegistry(this::make, PATIENCE);
  private boolean running;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Sources() {}

  @Produces
  @Singleton
  SourceCatalog catalog(SettingsReader reader) {
    return new SourceCatalog(
        registry,
        (kind, json) ->
            LiveConfiguration.sourceOf(kind, json, reader, configuration.configuration().kafka()),
        settings.sourcesFile());
  }

  @Produces
  @Singleton
  PrometheusMeterRegistry meters(Spaces spaces) {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LogMetrics.register(meters, spaces);
    return meters;
  }

  @Produces
  @Singleton
  SourceMetrics sourceMetrics(PrometheusMeterRegistry meters) {
    return new SourceMetrics(meters, registry);
  }

  synchronized void start(
      @Observes @Priority(LAST) @Initialized(ApplicationScoped.class) Object application) {
    readiness.addAll(registry::problems);
    running = true;
    sweep();
  }

  /**
   * Has the sources running that the configuration speaks of now; quick if nothing changed. Start,
   * sweep and stop wait for each other: none may be started behind the back of the stop.
   */
  public synchronized void sweep() {
    if (running) {
      kafka.configure(configuration.configuration().kafka());
      List<SourceSettings> wanted = new ArrayList<>();
      wanted.add(JmsBeanSettings.of(settings.jms()));
      wanted.addAll(configured());
      catalog.get().configure(wanted);
      shared.get().sweep();
    }
  }

  /** What the configuration says about files of routes is put to the files that are there. */
  private List<SourceSettings> configured() {
    List<SourceSettings> sources = new ArrayList<>();
    List<RouteFileOptions> files = new ArrayList<>();
    for (SourceSettings source : configuration.configuration().sources()) {
      if (source instanceof RouteFileOptions file) {
        files.add(file);
      } else {
        sources.add(source);
      }
    }
    sources.addAll(routes.look(files));
    return sources;
  }

  synchronized void stop(
      @Observes @Priority(FIRST) @BeforeDestroyed(ApplicationScoped.class) Object application) {
    running = false;
    inbox.end();
    registry.stop();
  }

  /** Stops the sources until {@link #resume}; waits for their batches. */
  public synchronized void suspend() {
    running = false;
    registry.hold();
  }

  /** Starts the sources that the configuration speaks of again. */
  public synchronized void resume() {
    registry.release();
    running = true;
    sweep();
  }

  /** Where a source puts aside what can never work, if its neighbour has no place for it. */
  private Outlet deadLetters(SourceSettings source) {
    String address = source.options().deadLetters();
    return outlets.at(
        OutletAddress.of(
            address.isEmpty() ? "jms:queue/" + settings.jms().deadLetterQueue() : address));
  }

  private Turn turn(SourceSettings source) {
    Readers readers = source.options().readers();
    if (readers instanceof Readers.LockHolder lock) {
      return ExclusiveFeed.turn(source.name(), database(lock.database()));
    }
    return readers instanceof Readers.LeaseHolder
        ? LeaseFeed.turn(leases.of("source " + source.name()))
        : Turn.ALWAYS;
  }

  private DatabaseSourceSettings database(String name) {
    return configuration.configuration().sources().stream()
        .filter(DatabaseSourceSettings.class::isInstance)
        .map(DatabaseSourceSettings.class::cast)
        .filter(each -> each.database().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("exclusive: there is no database " + name));
  }

  private Source make(SourceSettings source) {
    int maxPayloadBytes = settings.ingest().maxPayloadBytes();
    SourceLoop.Parts parts =
        new SourceLoop.Parts(
            threads, new Backoff(FIRST_WAIT, LONGEST_WAIT, RANDOM), STALL_LIMIT, turn(source));
    if (source instanceof JmsBeanSettings bean) {
      return JmsSource.ofBean(bean, settings.jms().deadLetterQueue(), inbox, connections, parts);
    }
    if (source instanceof JmsSourceSettings jms) {
      JmsSource.Container container = new JmsSource.Container(connections, transaction);
      return JmsSource.of(jms, settings.jms(), ingest, maxPayloadBytes, container, parts);
    }
    if (source instanceof DatabaseSourceSettings database) {
      return DatabaseSource.of(database, ingest, maxPayloadBytes, parts);
    }
    if (source instanceof ReplicationSettings tables) {
      return ReplicationSource.of(tables, ingest, deadLetters(source), parts);
    }
    if (source instanceof KafkaSourceSettings records) {
      return KafkaSource.of(records, new KafkaSource.Gateway(ingest, kafka, outlets), parts);
    }
    if (source instanceof RouteFileSettings file) {
      return CamelSource.of(file, camel, parts);
    }
    if (source instanceof RouteFileOptions) {
      throw new IllegalArgumentException("a file of routes is put into the directory of routes");
    }
    throw new IllegalArgumentException("this gateway has no sources of that kind");
  }
}
