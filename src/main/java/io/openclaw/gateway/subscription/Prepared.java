package io.openclaw.gateway.subscription;

import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;

/**
 * What a catch-up says before it reads the log. Encoded only when there is room for it: a snapshot
 * of very many values costs its reader's session no more than references.
 */
sealed interface Prepared {
  /** The subscription that it belongs to. */
  TopicPattern pattern();

  Outgoing encode(Encodings encodings);

  /** An answer or a gap; it is said even if the subscription ends before. */
  record Answer(TopicPattern pattern, ServerMessage message) implements Prepared {
    @Override
    public Outgoing encode(Encodings encodings) {
      return Outgoing.of(message);
    }
  }

  /**
   * A publication of the past; it goes with its subscription.
   *
   * @param snapshot whether it is a current value, else history
   */
  record Past(TopicPattern pattern, Publication publication, boolean snapshot) implements Prepared {
    @Override
    public Outgoing encode(Encodings encodings) {
      return snapshot ? encodings.snapshot(publication) : encodings.of(publication);
    }
  }
}
