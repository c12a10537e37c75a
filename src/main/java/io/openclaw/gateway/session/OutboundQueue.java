package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.subscription.ConflationKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, bounded in messages and bytes together. Everything that waits leaves
 * as one frame:
 *
 * <ol>
 *   <li>urgent messages first;
 *   <li>then the others in the order in which they were offered;
 *   <li>current values, of which only the newest of each key waits, between them at the place where
 *       that was offered: offsets say nothing of it, since they may be of several spaces.
 * </ol>
 *
 * Confined to one pump.
 */
final class OutboundQueue {
  private final OutboundSettings settings;
  private final Runs runs;
  private @Nullable Run waiting;
  private @Nullable ArrayDeque<Outgoing> urgent;
  private @Nullable Map<ConflationKey, Value> latest;
  private int unsharedCount;
  private int unsharedBytes;

  /**
   * A current value that waits.
   *
   * @param after so many messages of the run were offered before it
   */
  private record Value(Outgoing message, int after) {}

  OutboundQueue(OutboundSettings settings, Runs runs) {
    this.settings = settings;
    this.runs = runs;
  }

  boolean isEmpty() {
    return waiting == null && unsharedCount == 0;
  }

  int count() {
    return unsharedCount + (waiting == null ? 0 : waiting.count());
  }

  int bytes() {
    return unsharedBytes + (waiting == null ? 0 : waiting.bytes());
  }

  /** Whether half of both bounds is free. */
  boolean hasRoom() {
    return count() <= settings.maxMessages() / 2 && bytes() <= settings.maxBytes() / 2;
  }

  /**
   * Adds a message.
   *
   * @return false if there is no place for it: the queue has overflowed. A message that is larger
   *     than the bound finds a place in an empty queue.
   */
  boolean offer(Outgoing message) {
    if (overflows(message)) {
      return false;
    }
    Run run = waiting;
    waiting = run == null ? runs.begin(message) : run.then(message);
    return true;
  }

  /**
   * Adds a message that goes ahead of all others but earlier urgent ones.
   *
   * @return false if the queue has overflowed
   */
  boolean offerUrgent(Outgoing message) {
    if (overflows(message)) {
      return false;
    }
    if (urgent == null) {
      urgent = new ArrayDeque<>(4);
    }
    urgent.add(message);
    unsharedCount++;
    unsharedBytes += message.bytes();
    return true;
  }

  /**
   * Adds a current value in place of the older one of its key.
   *
   * @return false if the queue has overflowed: there are too many keys
   */
  boolean offerLatest(Outgoing message, ConflationKey key) {
    if (latest == null) {
      latest = new LinkedHashMap<>();
    }
    Value old = latest.remove(key);
    if (old != null) {
      unsharedCount--;
      unsharedBytes -= old.message.bytes();
    }
    if (overflows(message)) {
      return false;
    }
    latest.put(key, new Value(message, waiting == null ? 0 : waiting.count()));
    unsharedCount++;
    unsharedBytes += message.bytes();
    return true;
  }

  private boolean overflows(Outgoing message) {
    return !isEmpty()
        && (count() >= settings.maxMessages()
            || (long) bytes() + message.bytes() > settings.maxBytes());
  }

  /** Takes everything out as one frame; there is something. */
  Frame take() {
    Run run = waiting;
    Frame frame = unsharedCount > 0 || run == null ? Frame.of(merged(run)) : runs.frame(run);
    clear();
    return frame;
  }

  private List<Outgoing> merged(@Nullable Run run) {
    List<Outgoing> all = new ArrayList<>(count());
    if (urgent != null) {
      all.addAll(urgent);
    }
    List<Outgoing> messages = run == null ? List.of() : run.messages();
    int taken = 0;
    for (Value value : latest == null ? List.<Value>of() : latest.values()) {
      all.addAll(messages.subList(taken, value.after));
      taken = value.after;
      all.add(value.message);
    }
    all.addAll(messages.subList(taken, messages.size()));
    return all;
  }

  void clear() {
    waiting = null;
    urgent = null;
    latest = null;
    unsharedCount = 0;
    unsharedBytes = 0;
  }
}
