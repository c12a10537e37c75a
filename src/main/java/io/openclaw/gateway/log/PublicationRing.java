package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kept publications by offset: a growing ring with a slot for each offset, of which some may be
 * holes. Confined to the lock of its log.
 */
final class PublicationRing {
  private static final int FIRST_CAPACITY = 1024;

  private @Nullable Publication[] slots = new Publication[FIRST_CAPACITY];
  private long floor;
  private long head;
  private long bytes;
  private int publications;

  /**
   * @param floor the offset before the first that will come
   */
  PublicationRing(long floor) {
    this.floor = floor;
    this.head = floor;
  }

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

  /** Offsets from floor to head, holes included. */
  int count() {
    return (int) (head - floor);
  }

  int publications() {
    return publications;
  }

  void add(Publication publication) {
    skipTo(publication.offset());
    slots[slot(head)] = publication;
    bytes += publication.bytes();
    publications++;
  }

  /** Leaves holes up to {@code offset}, that included. */
  void skipTo(long offset) {
    while (offset - floor > slots.length) {
      grow();
    }
    head = Math.max(head, offset);
  }

  /** Goes on behind {@code offset}, above the head, as if it had begun there; it is empty. */
  void startAt(long offset) {
    floor = offset;
    head = offset;
  }

  /** The publication at {@code offset}; null if that is a hole, or none of the kept offsets. */
  @Nullable Publication find(long offset) {
    return floor < offset && offset <= head ? slots[slot(offset)] : null;
  }

  /** The publication at {@code offset}, which is above the floor, not above the head, no hole. */
  Publication get(long offset) {
    Publication publication = slots[slot(offset)];
    if (publication == null || publication.offset() != offset) {
      throw new IllegalStateException("no publication at offset " + offset);
    }
    return publication;
  }

  /** The oldest publication, behind holes or not; null if there is none. */
  @Nullable Publication oldest() {
    if (publications == 0) {
      return null;
    }
    long at = floor + 1;
    while (slots[slot(at)] == null) {
      at++;
    }
    return slots[slot(at)];
  }

  /** Takes the oldest offset out; there is one. Null if it was a hole. */
  @Nullable Publication removeOldest() {
    floor++;
    Publication oldest = slots[slot(floor)];
    slots[slot(floor)] = null;
    bytes -= oldest == null ? 0 : oldest.bytes();
    publications -= oldest == null ? 0 : 1;
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
