package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the order in which they will leave together: what a session waits for, as a chain
 * from the last message back to the first. Sessions that were offered the same messages since their
 * last write hold the same run, so that its frame is put together once for all of them. Confined to
 * one pump.
 */
final class Run {
  private final @Nullable Run before;
  private final Outgoing last;
  private final int count;
  private final int bytes;

  /** The run that was made of this one by one more message, for whoever is offered the same. */
  private @Nullable Run next;

  private @Nullable Frame frame;

  private Run(@Nullable Run before, Outgoing last, int count, int bytes) {
    this.before = before;
    this.last = last;
    this.count = count;
    this.bytes = bytes;
  }

  static Run of(Outgoing first) {
    return new Run(null, first, 1, first.bytes());
  }

  /** This run and one more message. */
  Run then(Outgoing message) {
    Run known = next;
    if (known != null && known.last == message) {
      return known;
    }
    Run made = new Run(this, message, count + 1, bytes + message.bytes());
    next = made;
    return made;
  }

  Outgoing last() {
    return last;
  }

  int count() {
    return count;
  }

  int bytes() {
    return bytes;
  }

  boolean hasFrame() {
    return frame != null;
  }

  void dropFrame() {
    frame = null;
  }

  /** One JSON object, or an array of them. Made at the first call. */
  Frame frame() {
    Frame known = frame;
    if (known == null) {
      known = Frame.of(messages());
      frame = known;
    }
    return known;
  }

  /** All messages, first to last. */
  List<Outgoing> messages() {
    Outgoing[] messages = new Outgoing[count];
    Run at = this;
    for (int i = count - 1; i >= 0 && at != null; i--) {
      messages[i] = at.last;
      at = at.before;
    }
    return Arrays.asList(messages);
  }
}
