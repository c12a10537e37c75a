package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kept publications by offset: a growing ring of dense offsets. Confined to the lock of its
 * log.
 */
final class PublicationRing {
  private static final int FIRST_CAPACITY = 1024;

  private @Nullable Publication[] slots = new Publication[FIRST_CAPACITY];
  private long floor;
  private long head;
  private long bytes;

  /** The offset before the oldest that is kept. */
  long floor() {
    return floor;
  }

  /** The offset of the newest; equals the floor if it is empty. */
  long head() {
    return head;
  }

  long bytes() {
    return bytes;
  }

  int count() {
    return (int) (head - floor);
  }

  void add(Publication publication) {
    if (count() == slots.length) {
      grow();
    }
    head = publication.offset();
    slots[slot(head)] = publication;
    bytes += publication.bytes();
  }

  /** The publication at {@code offset}, which is above the floor and not above the head. */
  Publication get(long offset) {
    Publication publication = slots[slot(offset)];
    if (publication == null || publication.offset() != offset) {
      throw new IllegalStateException("no publication at offset " + offset);
    }
    return publication;
  }

  /** Takes the oldest out; there is one. */
  Publication removeOldest() {
    Publication oldest = get(floor + 1);
    floor++;
    slots[slot(floor)] = null;
    bytes -= oldest.bytes();
    return oldest;
  }

  private int slot(long offset) {
    return (int) (offset & (slots.length - 1));
  }

  private void grow() {
    @Nullable Publication[] larger = Arrays.copyOf(slots, slots.length * 2);
    Arrays.fill(larger, null);
    for (Publication publication : slots) {
      if (publication != null) {
        larger[(int) (publication.offset() & (larger.length - 1))] = publication;
      }
    }
    slots = larger;
  }
}
