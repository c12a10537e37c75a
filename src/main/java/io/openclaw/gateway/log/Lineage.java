package io.openclaw.gateway.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The life of a log and those that it goes on with: who was in a former life up to where it ended
 * there has missed nothing in this one. Bounded: of the former lives, the last {@value #MAX_FORMER}
 * are known.
 *
 * @param epoch names the present life
 * @param former earlier lives, oldest first
 */
public record Lineage(String epoch, List<Life> former) {
  /** How many former lives are remembered. */
  public static final int MAX_FORMER = 16;

  /**
   * A life that ended and was gone on with.
   *
   * @param epoch its name
   * @param lastOffset the last offset that belongs to it
   */
  public record Life(String epoch, long lastOffset) {}

  public Lineage {
    former = List.copyOf(former.subList(Math.max(0, former.size() - MAX_FORMER), former.size()));
  }

  /** A life that goes on with no other. */
  public static Lineage of(String epoch) {
    return new Lineage(epoch, List.of());
  }

  /** The life {@code next} that goes on with this one after {@code lastOffset}. */
  public Lineage next(String next, long lastOffset) {
    List<Life> lives = new ArrayList<>(former);
    lives.add(new Life(epoch, lastOffset));
    return new Lineage(next, lives);
  }

  /** Whether a reader at {@code offset} of {@code otherEpoch} can go on in this life. */
  public boolean includes(String otherEpoch, long offset) {
    return otherEpoch.equals(epoch)
        || former.stream()
            .anyMatch(life -> life.epoch.equals(otherEpoch) && offset <= life.lastOffset);
  }
}
