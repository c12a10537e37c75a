package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.subscription.ConflationKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
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
 *   <li>current values, of which only the newest of each key waits, at the place of their offset.
 * </ol>
 *
 * Confined to one pump.
 */
final class OutboundQueue {
  private final OutboundSettings settings;
  private final Runs runs;
  private @Nullable Run waiting;
  private @Nullable ArrayDeque<Outgoing> urgent;
  private @Nullable Map<ConflationKey, Outgoing> latest;
  private int unsharedCount;
  private int unsharedBytes;

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
    Outgoing old = latest.remove(key);
    if (old != null) {
      unsharedCount--;
      unsharedBytes -= old.bytes();
    }
    if (overflows(message)) {
      return false;
    }
    latest.put(key, message);
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
    Iterator<Outgoing> values =
        latest == null ? List.<Outgoing>of().iterator() : latest.values().iterator();
    Outgoing value = values.hasNext() ? values.next() : null;
    for (Outgoing message : run == null ? List.<Outgoing>of() : run.messages()) {
      while (value != null && value.offset() < message.offset()) {
        all.add(value);
        value = values.hasNext() ? values.next() : null;
      }
      all.add(message);
    }
    while (value != null) {
      all.add(value);
      value = values.hasNext() ? values.next() : null;
    }
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
