package io.openclaw.gateway.log.journal.hazelcast;

import java.time.Duration;

/**
 * The ring of a cluster's log; the same on all nodes.
 *
 * @param name names the ring in the cluster
 * @param capacity entries it holds, ours among them; the oldest goes first
 * @param maxBytes what is in it; above that appends fail until something has gone
 * @param maxAge how long an entry stays; in whole seconds
 * @param backups further nodes that hold each entry; 1 or more
 * @param quorum how many nodes must be left
 * @param settledAfter how long nodes are missed that did not say they would leave
 */
public record RingSettings(
    String name,
    int capacity,
    long maxBytes,
    Duration maxAge,
    int backups,
    QuorumRule quorum,
    Duration settledAfter) {
  /** For the ring of a space. */
  public RingSettings named(String space) {
    return new RingSettings(
        "openclaw.log." + space, capacity, maxBytes, maxAge, backups, quorum, settledAfter);
  }

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public RingSettings {
    if (capacity < 1_000 || backups < 1 || backups > 6) {
      throw new IllegalArgumentException("a ring has 1,000 entries or more and 1 to 6 backups");
    }
  }
}
