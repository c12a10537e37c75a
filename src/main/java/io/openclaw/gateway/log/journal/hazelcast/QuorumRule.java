package io.openclaw.gateway.log.journal.hazelcast;

/** How many of the nodes that there were must be left, so that they go on with the log. */
public enum QuorumRule {
  /** More than half. */
  MAJORITY,
  /** More than half in the same life of the log; exactly half in a new one. */
  HALF,
  /** More than half in the same life of the log; fewer in a new one. */
  NONE
}
