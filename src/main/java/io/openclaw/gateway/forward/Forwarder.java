package io.openclaw.gateway.forward;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends publications to destinations outside and appends them to the log when they have arrived.
 * Each destination has lanes of its own, so that one that is away holds up no other; what one
 * sender publishes to a destination goes through one lane, in its order. Thread-safe; whoever
 * publishes never waits.
 */
public final class Forwarder {
  private static final Logger LOG = System.getLogger(Forwarder.class.getName());

  private final ForwardSettings settings;
  private final Outlets outlets;
  private final Ingest ingest;
  private final Spaces spaces;
  private final Deadlines deadlines;
  private final Outcomes outcomes;
  private final ForwardCounters counters = new ForwardCounters();
  private final Map<OutletAddress, List<Lane<Parcel>>> lanes = new ConcurrentHashMap<>();
  private final List<Thread> running = new ArrayList<>();
  private volatile @Nullable ThreadFactory threads;

  /**
   * @param deadlines ends the waiting of senders
   * @param maxIds ids of events whose outcome is remembered
   */
  public Forwarder(
      ForwardSettings settings,
      Outlets outlets,
      Ingest ingest,
      Spaces spaces,
      Deadlines deadlines,
      int maxIds) {
    this.settings = settings;
    this.outlets = outlets;
    this.ingest = ingest;
    this.spaces = spaces;
    this.deadlines = deadlines;
    this.outcomes = new Outcomes(maxIds);
  }

  /** From now on it forwards; the threads of a destination begin when it is first used. */
  public void start(ThreadFactory factory) {
    threads = factory;
  }

  /** What was forwarded since the start. */
  public ForwardCounters counters() {
    return counters;
  }

  /** How many publications wait to be sent. */
  public int waiting() {
    return lanes.values().stream().flatMap(List::stream).mapToInt(Lane::waiting).sum();
  }

  /**
   * Sends {@code message} and then publishes {@code event}, which was found without fault. If the
   * event has an id, it is that of the message, and it is not sent again if it is known.
   *
   * @param sender whose order is kept
   * @return the result when it is certain, or {@link UnansweredException}: then it is not
   *     published, and perhaps not sent
   */
  CompletableFuture<IngestResult> forward(
      Forward to, String sender, Outbound message, SourceEvent event) {
    Parcel parcel = new Parcel(to, message, event, System.nanoTime());
    String id = event.eventId();
    CompletableFuture<IngestResult> outcome =
        id == null ? parcel.outcome() : outcomes.join(id, parcel.outcome());
    if (outcome == parcel.outcome()) {
      offer(sender, parcel);
    }
    return deadlines.within(settings.timeout(), outcome, Forwarder::unknown);
  }

  private static UnansweredException unknown() {
    return UnansweredException.unavailable(
        "nobody knows whether it was forwarded: send it again with the same eventId");
  }

  private void offer(String sender, Parcel parcel) {
    List<Lane<Parcel>> open = threads == null ? List.of() : lanes(parcel.to().to());
    if (open.isEmpty()) {
      parcel.fail("nothing is forwarded now: try again later");
    } else if (!open.get(Math.floorMod(sender.hashCode(), open.size())).offer(parcel)) {
      counters.refused();
      parcel.fail("too much waits to be forwarded: try again later");
    }
  }

  private List<Lane<Parcel>> lanes(OutletAddress address) {
    List<Lane<Parcel>> known = lanes.get(address);
    return known != null ? known : open(address);
  }

  private synchronized List<Lane<Parcel>> open(OutletAddress address) {
    ThreadFactory factory = threads;
    if (factory == null) {
      return List.of();
    }
    return lanes.computeIfAbsent(address, made -> open(made, factory));
  }

  private List<Lane<Parcel>> open(OutletAddress address, ThreadFactory factory) {
    List<Lane<Parcel>> opened = new ArrayList<>();
    Lane.Bounds bounds =
        new Lane.Bounds(settings.maxWaiting(), settings.maxWaitingBytes(), settings.batchSize());
    for (int i = 0; i < settings.lanes(); i++) {
      Courier courier = new Courier(address, outlets, ingest, spaces, settings.timeout(), counters);
      Lane<Parcel> lane = new Lane<>(bounds, Parcel::bytes, courier::send);
      opened.add(lane);
      Thread thread = factory.newThread(lane);
      running.add(thread);
      thread.start();
    }
    return opened;
  }

  /**
   * Takes nothing more and sends what waits, for {@code patience}. What is left then is not sent,
   * and whoever published it is told so.
   */
  public synchronized void stop(Duration patience) {
    threads = null;
    lanes.values().forEach(each -> each.forEach(Lane::stop));
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : running) {
      join(thread, deadline);
    }
    int left = 0;
    for (List<Lane<Parcel>> each : lanes.values()) {
      for (Lane<Parcel> lane : each) {
        for (Parcel parcel : lane.clear()) {
          left++;
          parcel.fail("the node goes down: it was not forwarded");
        }
      }
    }
    if (left > 0) {
      LOG.log(Level.WARNING, "{0} publications that waited were not forwarded", left);
    }
  }

  private static void join(Thread thread, long deadline) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }
}
