package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.topic.Publication;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The encoded form of recent publications of one life of a log, so that fan-out on several threads
 * and catch-up of many sessions share one. Bounded: 4,096 publications of up to 4 KB; larger ones
 * are encoded again when somebody catches up. One instance for each log, and another when that
 * begins another life, in which the offsets are those of other publications. Thread-safe: two
 * threads may encode the same publication once each.
 */
public final class Encodings {
  private static final int SLOTS = 4096;
  private static final int MAX_BYTES = 4096;

  private final AtomicReferenceArray<Outgoing> slots = new AtomicReferenceArray<>(SLOTS);
  private final @Nullable String space;

  // Guarded by this.
  private @Nullable String epoch;
  private @Nullable Encodings next;

  /** For the log of the default space. */
  public Encodings() {
    this(null);
  }

  /**
   * @param space what clients are told of it, or null for the default space
   */
  private Encodings(@Nullable String space) {
    this.space = space;
  }

  /** One for each space, in their order. */
  public static List<Encodings> of(Spaces spaces) {
    return spaces.all().stream().map(space -> new Encodings(space.wire())).toList();
  }

  /** Those of the life {@code named}: these, if they are for no other one yet. */
  Encodings inLife(String named) {
    return ofLife(named) ? this : next().inLife(named);
  }

  private synchronized boolean ofLife(String named) {
    if (epoch == null) {
      epoch = named;
    }
    return epoch.equals(named);
  }

  private synchronized Encodings next() {
    if (next == null) {
      next = new Encodings(space);
    }
    return next;
  }

  Outgoing of(Publication publication) {
    int slot = (int) (publication.offset() & (SLOTS - 1));
    Outgoing known = slots.getPlain(slot);
    if (known != null && known.offset() == publication.offset()) {
      return known;
    }
    Outgoing made = Outgoing.of(publication, space);
    if (made.bytes() <= MAX_BYTES) {
      slots.setRelease(slot, made);
    }
    return made;
  }

  Outgoing snapshot(Publication publication) {
    return Outgoing.snapshot(publication, space);
  }
}
