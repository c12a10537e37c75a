package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** All databases that are listened to, each in a thread of its own. Thread-safe. */
public final class DatabaseListeners {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final List<DatabaseListener> listeners;
  private final SourceThreads threads;

  /**
   * @param maxPayloadBytes the bound that {@code ingest} has: what is larger is not even read
   * @param random spreads the attempts to reach a database that is away
   */
  public DatabaseListeners(
      List<DatabaseSourceSettings> sources,
      Ingest ingest,
      int maxPayloadBytes,
      ThreadFactory threads,
      RandomGenerator random) {
    this.threads = new SourceThreads(threads);
    this.listeners =
        sources.stream()
            .map(
                source ->
                    new DatabaseListener(
                        source,
                        ingest,
                        maxPayloadBytes,
                        new Backoff(FIRST_WAIT, LONGEST_WAIT, random)))
            .toList();
  }

  /** Starts listening; returns at once. A database that is away is tried again for ever. */
  public void start() {
    listeners.forEach(threads::start);
  }

  /** Stops listening. Waits up to {@code patience} for the batches that are under way. */
  public void stop(Duration patience) {
    listeners.forEach(DatabaseListener::stop);
    threads.join(patience);
  }

  /** One state for each database. */
  public List<SourceState> states() {
    return listeners.stream().map(DatabaseListener::state).toList();
  }

  /** The counts of each database, by its name. */
  public Map<String, SourceCounters.Counts> counts() {
    Map<String, SourceCounters.Counts> counts = new TreeMap<>();
    listeners.forEach(listener -> counts.put(listener.state().name(), listener.counts()));
    return counts;
  }
}
