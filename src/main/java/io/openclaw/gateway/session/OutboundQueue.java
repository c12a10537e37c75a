package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.TextFrame;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, in order, bounded in messages and bytes. Everything that waits leaves
 * as one frame. Confined to one pump.
 */
final class OutboundQueue {
  private final OutboundSettings settings;
  private final Runs runs;
  private @Nullable Run waiting;

  OutboundQueue(OutboundSettings settings, Runs runs) {
    this.settings = settings;
    this.runs = runs;
  }

  boolean isEmpty() {
    return waiting == null;
  }

  int count() {
    return waiting == null ? 0 : waiting.count();
  }

  int bytes() {
    return waiting == null ? 0 : waiting.bytes();
  }

  /** Whether half of both bounds is free. */
  boolean hasRoom() {
    Run run = waiting;
    return run == null
        || (run.count() <= settings.maxMessages() / 2 && run.bytes() <= settings.maxBytes() / 2);
  }

  /**
   * Adds a message.
   *
   * @return false if there is no place for it: the queue has overflowed. A message that is larger
   *     than the bound finds a place in an empty queue.
   */
  boolean offer(Outgoing message) {
    Run run = waiting;
    if (run == null) {
      waiting = runs.begin(message);
      return true;
    }
    if (run.count() >= settings.maxMessages()
        || (long) run.bytes() + message.bytes() > settings.maxBytes()) {
      return false;
    }
    waiting = run.then(message);
    return true;
  }

  /** Takes everything out as one frame; there is something. */
  TextFrame take() {
    Run run = waiting;
    if (run == null) {
      throw new IllegalStateException("nothing is waiting");
    }
    waiting = null;
    return runs.frame(run);
  }

  void clear() {
    waiting = null;
  }
}
