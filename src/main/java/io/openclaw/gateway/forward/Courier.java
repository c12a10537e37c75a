package io.openclaw.gateway.forward;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.topic.TopicName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Sends what has come together in a lane:
 *
 * <ol>
 *   <li>what has waited longer than its sender does is not sent;
 *   <li>the rest goes together; when it has arrived, what is to be published is appended to the
 *       log, in order, and every sender is answered;
 *   <li>if that failed soon, one after the other, so that one that cannot be sent does not take the
 *       others with it; after the second failure the rest is not sent;
 *   <li>of what failed nobody knows whether it arrived; it is not published.
 * </ol>
 *
 * Confined to the thread of the lane.
 */
final class Courier {
  private static final Logger LOG = System.getLogger(Courier.class.getName());
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int MAX_FAILURES = 2;

  private final OutletAddress address;
  private final Outlets outlets;
  private final Ingest ingest;
  private final Spaces spaces;
  private final Duration timeout;
  private final ForwardCounters counters;
  private boolean failing;

  Courier(
      OutletAddress address,
      Outlets outlets,
      Ingest ingest,
      Spaces spaces,
      Duration timeout,
      ForwardCounters counters) {
    this.address = address;
    this.outlets = outlets;
    this.ingest = ingest;
    this.spaces = spaces;
    this.timeout = timeout;
    this.counters = counters;
  }

  /** Sends them and answers every sender; never throws. */
  void send(List<Parcel> parcels) {
    List<Parcel> inTime = parcels.stream().filter(this::isInTime).toList();
    if (inTime.isEmpty()) {
      return;
    }
    long beginNanos = System.nanoTime();
    if (deliver(inTime)) {
      return;
    }
    if (inTime.size() > 1 && System.nanoTime() - beginNanos < SOON.toNanos()) {
      sendOneByOne(inTime);
    } else {
      inTime.forEach(this::failed);
    }
  }

  private boolean isInTime(Parcel parcel) {
    boolean inTime = System.nanoTime() - parcel.takenNanos() < timeout.toNanos();
    if (!inTime) {
      counters.failed();
      parcel.fail("it was not forwarded, as it waited too long: try again later");
    }
    return inTime;
  }

  private void sendOneByOne(List<Parcel> parcels) {
    int failures = 0;
    for (Parcel parcel : parcels) {
      if (failures == MAX_FAILURES || !deliver(List.of(parcel))) {
        failures = Math.min(failures + 1, MAX_FAILURES);
        failed(parcel);
      }
    }
  }

  private void failed(Parcel parcel) {
    counters.failed();
    parcel.fail("it could not be forwarded: send it again with the same eventId");
  }

  /** Whether they have arrived and were published. */
  private boolean deliver(List<Parcel> parcels) {
    try {
      outlets.at(address).send(parcels.stream().map(Parcel::message).toList());
      publish(parcels);
      recovered();
      counters.forwarded(parcels.size());
      return true;
    } catch (OutletException | RuntimeException e) {
      note(e);
      return false;
    }
  }

  private void publish(List<Parcel> parcels) {
    List<Parcel> shown = parcels.stream().filter(parcel -> parcel.to().publish()).toList();
    List<SourceEvent> events = shown.stream().map(Parcel::event).toList();
    Ingest.Staged staged = ingest.stage(events);
    staged.settle();
    for (int i = 0; i < shown.size(); i++) {
      shown.get(i).outcome().complete(staged.results().get(i));
    }
    parcels.stream()
        .filter(parcel -> !parcel.to().publish())
        .forEach(parcel -> parcel.outcome().complete(head(parcel.event())));
  }

  /** What is not published has the place behind what is, in the log of its topic. */
  private IngestResult head(SourceEvent event) {
    TopicName topic = TopicName.of(event.topic());
    return new IngestResult.Published(spaces.of(topic).log().head());
  }

  private void note(Exception e) {
    LOG.log(failing ? Level.DEBUG : Level.WARNING, "could not forward to " + address, e);
    failing = true;
  }

  private void recovered() {
    if (failing) {
      LOG.log(Level.INFO, "forwarding to {0} again", address);
    }
    failing = false;
  }
}
