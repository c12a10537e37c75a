package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.replication.RowTarget.Address;
import io.openclaw.gateway.source.replication.RowTarget.NoAddressException;
import io.openclaw.gateway.topic.Payload;
import java.util.Optional;

/**
 * Makes events of rows. A row is published as it is after the change; one that is deleted, or that
 * moved to another topic or key, is removed from where it was. Immutable.
 */
final class RowEvents {
  private final String source;

  /**
   * @param source makes the event ids unique among sources
   */
  RowEvents(String source) {
    this.source = source;
  }

  /** The row as it is now. */
  Arrival<Change> present(RowTarget target, RowView row, Change change) {
    try {
      Address to = target.of(row);
      return Arrival.of(change, event(change, to, change.body(), false));
    } catch (NoAddressException e) {
      return Arrival.unusable(change, "bad_request", e.reason());
    }
  }

  /** The row is gone. */
  Arrival<Change> removed(RowTarget target, RowView before, Change change) {
    try {
      return Arrival.of(change, event(change, target.of(before), Payload.NONE, true));
    } catch (NoAddressException e) {
      return Arrival.unusable(change, "bad_request", e.reason());
    }
  }

  /**
   * What an update removes: nothing if the row stays where it was, or was nowhere.
   *
   * @param before what is known of the row before
   */
  Optional<Arrival<Change>> moved(RowTarget target, RowView before, RowView after, Change change) {
    try {
      Address from = target.of(before);
      return isAt(target, after, from)
          ? Optional.empty()
          : Optional.of(Arrival.of(change, event(change, from, Payload.NONE, true)));
    } catch (NoAddressException e) {
      return e.isUnknown()
          ? Optional.of(Arrival.unusable(change, "bad_request", e.reason()))
          : Optional.empty();
    }
  }

  private static boolean isAt(RowTarget target, RowView row, Address address) {
    try {
      return target.of(row).equals(address);
    } catch (NoAddressException e) {
      return false;
    }
  }

  private SourceEvent event(Change change, Address to, Payload payload, boolean removed) {
    return new SourceEvent(
        to.topic(), to.key(), payload, removed, source + ":" + change.id(), null);
  }
}
