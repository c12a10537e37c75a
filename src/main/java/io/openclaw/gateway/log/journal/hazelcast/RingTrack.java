package io.openclaw.gateway.log.journal.hazelcast;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the ring from what was read of it so far: the life of the log, up to where
 * entries are on a second node, and entries that are not yet. Every node that reads the same knows
 * the same. Confined to the thread that reads.
 */
final class RingTrack {
  /** What an entry of the ring has changed. */
  enum Change {
    NOTHING,
    /** Another life has begun; what was read before is void. */
    BEGUN,
    /** Another life goes on with this one. */
    GOES_ON
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Held(long sequence, byte[] content) {}

  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private final Consumer<String> leaving;
  private final BiConsumer<String, String> sees;
  private @Nullable Lineage lineage;
  private long base;
  private long firstSequence = -1;
  private long committed = -1;
  private long sinceMark;

  /**
   * @param leaving is told of members that are going to leave
   * @param sees is told of members and whom they see
   */
  RingTrack(Consumer<String> leaving, BiConsumer<String, String> sees) {
    this.leaving = leaving;
    this.sees = sees;
  }

  /** Null until a mark was read. */
  @Nullable Lineage lineage() {
    return lineage;
  }

  /** The offset of what stands at {@code sequence}. */
  long offset(long sequence) {
    return base + sequence + 1;
  }

  /** Up to which sequence entries are on a second node; -1: unknown. */
  long committed() {
    return committed;
  }

  /** Whether entries wait until it is known that they are on a second node. */
  boolean holds() {
    return !held.isEmpty();
  }

  /** Entries of the ring since the life was named last. */
  long sinceMark() {
    return sinceMark;
  }

  /** The life in force, to be said again. */
  RingEntry.Mark mark(Lineage inForce) {
    return new RingEntry.Mark(inForce.epoch(), inForce, true, base, firstSequence);
  }

  /** A life that goes on with the one in force. */
  RingEntry.Mark next(Lineage inForce, String epoch) {
    Lineage next = inForce.next(epoch, offset(committed));
    return new RingEntry.Mark(inForce.epoch(), next, true, base, firstSequence);
  }

  /** A life that begins anew behind the one in force. */
  RingEntry.Mark anew(@Nullable Lineage inForce, String epoch, long newBase) {
    String follows = inForce == null ? "" : inForce.epoch();
    return new RingEntry.Mark(
        follows, Lineage.of(epoch), false, inForce == null ? newBase : base, -1);
  }

  /** Takes what stands at {@code sequence}, the one after the last. */
  Change take(long sequence, byte[] bytes) {
    sinceMark++;
    RingEntry read = RingEntry.read(bytes);
    if (read instanceof RingEntry.Entry) {
      held.add(new Held(sequence, bytes));
    } else if (read instanceof RingEntry.Commit commit) {
      committed = Math.max(committed, commit.upTo());
    } else if (read instanceof RingEntry.Leaving member) {
      leaving.accept(member.member());
    } else if (read instanceof RingEntry.Seen seen) {
      sees.accept(seen.member(), seen.members());
    } else if (read instanceof RingEntry.Mark mark) {
      return mark(sequence, mark);
    }
    return Change.NOTHING;
  }

  private Change mark(long sequence, RingEntry.Mark mark) {
    sinceMark = 0;
    Lineage before = lineage;
    if (before != null && !mark.follows().equals(before.epoch())) {
      return Change.NOTHING;
    }
    if (before != null && mark.repeats()) {
      return Change.NOTHING;
    }
    if (before != null && mark.goesOn()) {
      lineage = before.next(mark.lineage().epoch(), offset(committed));
      return Change.GOES_ON;
    }
    lineage = mark.lineage();
    base = mark.base();
    firstSequence = mark.goesOn() ? mark.firstSequence() : sequence;
    return Change.BEGUN;
  }

  /**
   * The offset before the first entry of the life.
   *
   * @param firstRead the first sequence that was read
   */
  long floor(long firstRead) {
    return offset(Math.max(firstSequence, firstRead - 1));
  }

  /** Takes out what can be shown now, in order. */
  List<Journal.Entry> ready() {
    List<Journal.Entry> ready = new ArrayList<>();
    while (!held.isEmpty() && held.element().sequence <= committed) {
      Held next = held.remove();
      if (next.sequence > firstSequence) {
        ready.add(new Journal.Entry(offset(next.sequence), next.content));
      }
    }
    return ready;
  }
}
