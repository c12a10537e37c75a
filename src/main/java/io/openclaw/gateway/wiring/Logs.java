package io.openclaw.gateway.wiring;

import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.log.journal.Journal;
import io.openclaw.gateway.log.journal.JournalLog;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes the log that the settings speak of, opens it and closes it. */
@ApplicationScoped
public class Logs {
  private static final int EPOCH_BYTES = 6;

  @Inject private GatewaySettings settings;

  private @Nullable JournalLog journaled;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Logs() {}

  @Produces
  @Singleton
  TopicLog log() {
    Journal journal = journal();
    if (journal == null) {
      return new MemoryTopicLog(
          RandomText.ofBytes(EPOCH_BYTES), settings.log(), System::currentTimeMillis);
    }
    journaled =
        new JournalLog(
            journal,
            ThreadLocalRandom.current().nextLong(),
            settings.log(),
            settings.appends(),
            System::currentTimeMillis,
            System::nanoTime);
    return journaled;
  }

  /** Null if the log is in memory only. */
  private @Nullable Journal journal() {
    return switch (settings.logKind()) {
      case MEMORY -> null;
    };
  }

  /** Begins to read, if there is something to read. */
  void open(Readiness readiness) {
    JournalLog log = journaled;
    if (log != null) {
      readiness.add("log", log::obstacle);
      log.open();
    }
  }

  /** To be called every second or so. */
  void sweep() {
    Optional.ofNullable(journaled).ifPresent(JournalLog::sweep);
  }

  void close() {
    Optional.ofNullable(journaled).ifPresent(JournalLog::close);
  }
}
