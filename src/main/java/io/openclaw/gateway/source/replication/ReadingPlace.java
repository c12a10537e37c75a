package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.replication.Change.Place;

/**
 * Up to where a source has published the log, over all its connections. The database is told only
 * whole transactions; what it sends again after a failure is recognised here, however much it is.
 * Confined to the thread of the source.
 */
final class ReadingPlace {
  private String server = "";
  private Place done = Place.NONE;

  /**
   * The log of {@code server} is read from here on.
   *
   * @param server its identity and the timeline of its log: on another one, places mean nothing
   */
  void on(String server) {
    if (!this.server.equals(server)) {
      this.server = server;
      done = Place.NONE;
    }
  }

  /** The log is read from a new beginning. */
  void forget() {
    done = Place.NONE;
  }

  /** Whether a change was published. */
  boolean isDone(Place place) {
    return place.compareTo(done) <= 0;
  }

  /** All up to {@code place} was published. */
  void done(Place place) {
    if (place.compareTo(done) > 0) {
      done = place;
    }
  }
}
