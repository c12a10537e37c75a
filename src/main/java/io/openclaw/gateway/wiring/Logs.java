package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.hazelcast.HazelcastEngine;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.log.journal.Journal;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.log.journal.hazelcast.HazelcastJournal;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes the logs that the settings speak of, one for each space, opens them and closes them. */
@ApplicationScoped
public class Logs {
  private static final int EPOCH_BYTES = 6;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Inject private GatewaySettings settings;
  @Inject private Instance<HazelcastEngine> engine;
  @Inject private Stores stores;

  /** By the name under which their state is shown. */
  private final Map<String, JournalLog> journaled = new LinkedHashMap<>();

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Logs() {}

  @Produces
  @Singleton
  Spaces spaces(LiveConfiguration configuration) {
    return Spaces.of(configuration.configuration().spaces(), this::log);
  }

  private TopicLog log(String space) {
    Journal journal = journal(space);
    if (journal == null) {
      return new MemoryTopicLog(
          RandomText.ofBytes(EPOCH_BYTES), settings.log(), System::currentTimeMillis);
    }
    JournalLog log =
        new JournalLog(
            journal,
            ThreadLocalRandom.current().nextLong(),
            settings.log(),
            settings.appends(),
            System::currentTimeMillis,
            System::nanoTime);
    journaled.put(space.equals(Space.DEFAULT) ? "log" : "log-" + space, log);
    return log;
  }

  /** Null if the log of {@code space} is in memory only. */
  private @Nullable Journal journal(String space) {
    return switch (settings.logKind()) {
      case MEMORY -> null;
      case HAZELCAST -> ring(space);
      case FILE -> stores.file(space);
      case KAFKA -> stores.kafka(space);
    };
  }

  private Journal ring(String space) {
    if (!settings.cluster().enabled()) {
      throw new IllegalStateException(
          "openclaw.log.type = hazelcast needs openclaw.cluster.enabled = true");
    }
    return new HazelcastJournal(
        engine.get().instance(),
        settings.ring().named(space),
        threads,
        System::nanoTime,
        () -> RandomText.ofBytes(EPOCH_BYTES));
  }

  /** Begins to read, if there is something to read. */
  void open(Readiness readiness) {
    journaled.forEach(
        (name, log) -> {
          readiness.add(name, log::obstacle);
          log.open();
        });
  }

  /** To be called every second or so. */
  void sweep() {
    journaled.values().forEach(JournalLog::sweep);
  }

  void close() {
    journaled.values().forEach(JournalLog::close);
  }
}
