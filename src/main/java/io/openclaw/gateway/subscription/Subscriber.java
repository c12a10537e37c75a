package io.openclaw.gateway.subscription;

import io.openclaw.gateway.protocol.Outgoing;

/** Receives what its subscriptions match. Called only by the thread that runs its fan-out. */
public interface Subscriber {
  /** Names it for life; a publication with this origin is not offered to it. */
  String id();

  /**
   * Takes a message behind all earlier ones. Never blocks. What happens when it has no place for it
   * is its own affair: it ends.
   */
  void offer(Outgoing message);

  /**
   * Takes a current value: while it waits, a newer one of the same key may replace it.
   *
   * @see #offer(Outgoing)
   */
  void offerLatest(Outgoing message, ConflationKey key);

  /**
   * The log that it follows has begun another life: it has to come back and say where it was.
   * Nothing is offered to it any more.
   */
  void restart();

  /** Whether catch-up may bring more: false while much is waiting. */
  boolean hasRoom();
}
