package io.openclaw.gateway.source;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.source.FailurePolicy.Then;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a source receives into the gateway, by the source's failure policy. For each batch:
 *
 * <ol>
 *   <li>what makes an event is staged, in order;
 *   <li>what can never work is among {@link Batch#refused()}, in order, for the source to put aside
 *       before it acknowledges; under {@code skip} it is only counted; under {@code retry} an
 *       exception says what is wrong, and nothing is passed over;
 *   <li>a failure of the gateway is thrown: the source must not acknowledge. The next batch has one
 *       event, so that the one that fails is found, and the batches grow back as they succeed;
 *   <li>an event alone that the gateway failed on too often is treated like one that can never
 *       work; but while the log takes nothing, that is not counted, as it is no event's fault.
 * </ol>
 *
 * <p>The source closes the batch when its acknowledgement is over, however that ended: only then
 * the events are shown. Confined to the thread of the source, but for the counters.
 */
public final class Intake {
  private static final Logger LOG = System.getLogger(Intake.class.getName());

  private final String source;
  private final Ingest ingest;
  private final FailurePolicy policy;
  private final int batchSize;
  private final SourceCounters counters = new SourceCounters();
  private int limit;
  private int attempts;

  /**
   * @param source its name, for the log
   * @param batchSize events in a batch at most
   */
  public Intake(String source, Ingest ingest, FailurePolicy policy, int batchSize) {
    this.source = source;
    this.ingest = ingest;
    this.policy = policy;
    this.batchSize = batchSize;
    this.limit = batchSize;
  }

  /** How many arrivals the next batch may have: fewer after a failure. */
  public int limit() {
    return limit;
  }

  /** What it has counted. */
  public SourceCounters counters() {
    return counters;
  }

  /**
   * Stages a batch.
   *
   * @param arrivals not more than {@link #limit()}, in the order in which they are to be published
   * @throws RuntimeException if the source must not acknowledge: all of it has to come again
   */
  public <R> Batch<R> take(List<Arrival<R>> arrivals) {
    try {
      Batch<R> batch = stage(arrivals);
      limit = Math.min(limit * 2, batchSize);
      attempts = 0;
      return batch;
    } catch (LogUnavailableException e) {
      counters.failed();
      throw e;
    } catch (RuntimeException e) {
      counters.failed();
      limit = 1;
      if (policy.then() == Then.RETRY || arrivals.size() > 1 || ++attempts < policy.maxAttempts()) {
        throw e;
      }
      attempts = 0;
      return givenUp(arrivals.get(0), e);
    }
  }

  private <R> Batch<R> stage(List<Arrival<R>> arrivals) {
    if (policy.then() == Then.RETRY) {
      arrivals.forEach(this::refuseToPass);
    }
    List<SourceEvent> events = new ArrayList<>(arrivals.size());
    for (Arrival<R> arrival : arrivals) {
      if (arrival.event() != null) {
        events.add(arrival.event());
      }
    }
    Ingest.Staged staged = ingest.stage(events);
    List<Refused<R>> refused = new ArrayList<>(0);
    int next = 0;
    for (Arrival<R> arrival : arrivals) {
      IngestResult why = arrival.event() == null ? arrival.fault() : staged.rejection(next++);
      if (why instanceof IngestResult.Rejected rejected) {
        refused.add(new Refused<>(arrival.original(), rejected));
      }
    }
    return judged(staged, refused);
  }

  /** Before anything is staged: what is behind this one must not get past it. */
  private void refuseToPass(Arrival<?> arrival) {
    Optional<IngestResult.Rejected> fault =
        arrival.event() == null
            ? Optional.ofNullable(arrival.fault())
            : ingest.fault(arrival.event());
    fault.ifPresent(
        why -> {
          throw new IllegalStateException("an event can never work: " + why.reason());
        });
  }

  private <R> Batch<R> givenUp(Arrival<R> arrival, RuntimeException e) {
    String reason = "the gateway failed on it too often, at last with " + e;
    IngestResult.Rejected why = new IngestResult.Rejected("internal", reason);
    return judged(null, List.of(new Refused<>(arrival.original(), why)));
  }

  private <R> Batch<R> judged(Ingest.@Nullable Staged staged, List<Refused<R>> refused) {
    if (refused.isEmpty()) {
      return new Batch<>(staged, refused);
    }
    LOG.log(
        Level.WARNING,
        "{0}: {1} {2} events, the first one: {3}",
        source,
        policy.then() == Then.SKIP ? "dropped" : "put aside",
        refused.size(),
        refused.get(0).why().reason());
    if (policy.then() == Then.SKIP) {
      counters.skipped(refused.size());
      return new Batch<>(staged, List.of());
    }
    return new Batch<>(staged, refused);
  }

  /** Something that can never work, to be put aside. */
  public record Refused<R>(R original, IngestResult.Rejected why) {}

  /** What was staged and what is to be put aside. Confined to the thread of the source. */
  public final class Batch<R> implements AutoCloseable {
    private Ingest.@Nullable Staged staged;
    private final List<Refused<R>> refused;
    private boolean acknowledged;

    private Batch(Ingest.@Nullable Staged staged, List<Refused<R>> refused) {
      this.staged = staged;
      this.refused = refused;
    }

    /** What the source must put aside before it acknowledges. */
    public List<Refused<R>> refused() {
      return refused;
    }

    /** The acknowledgement worked: what was put aside is counted. */
    public void acknowledged() {
      if (!acknowledged) {
        acknowledged = true;
        counters.deadLettered(refused.size());
      }
    }

    /** Shows the events, whatever became of the acknowledgement. Does so once. */
    @Override
    public void close() {
      Ingest.Staged settled = staged;
      staged = null;
      if (settled != null) {
        settled.settle();
        settled.results().forEach(counters::count);
      }
    }
  }
}
