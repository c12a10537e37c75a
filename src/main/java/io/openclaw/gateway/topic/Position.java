package io.openclaw.gateway.topic;

/**
 * A place in one life of a log. The offset alone is not enough: a log that was lost and began again
 * hands out the same offsets for other publications, and a client that resumed by offset would miss
 * what it never saw. The epoch names the life of the log, so that such a client is told instead.
 *
 * @param epoch names one life of the log; compared for equality only
 * @param offset the last publication seen; 0 is before the first
 */
public record Position(String epoch, long offset) {
  /**
   * @throws IllegalArgumentException if the offset is negative
   */
  public Position {
    if (offset < 0) {
      throw new IllegalArgumentException("an offset is 0 or more");
    }
  }

  /** The same epoch at another offset. */
  public Position at(long otherOffset) {
    return new Position(epoch, otherOffset);
  }
}
