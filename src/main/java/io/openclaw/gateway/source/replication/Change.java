package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.topic.Payload;
import java.util.Map;

/**
 * A row as it was received.
 *
 * @param id names the change for ever
 * @param place where in the log it is; {@link Place#NONE} for a row of a snapshot
 * @param table schema and name
 * @param operation {@code insert}, {@code update}, {@code delete} or {@code snapshot}
 * @param body the row as JSON, or what is known of it
 */
record Change(String id, Place place, String table, String operation, Payload body) {
  /**
   * A place within the log: of two changes the later one has the greater place.
   *
   * @param lsn where the commit of its transaction is
   * @param ordinal where in the transaction it is
   */
  record Place(long lsn, long ordinal) implements Comparable<Place> {
    static final Place NONE = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
      int byLsn = Long.compareUnsigned(lsn, other.lsn);
      return byLsn == 0 ? Long.compare(ordinal, other.ordinal) : byLsn;
    }
  }

  /** What is kept of it when it can never work. */
  DeadLetters.Letter letter() {
    return new DeadLetters.Letter(id, body, Map.of("table", table, "operation", operation));
  }
}
