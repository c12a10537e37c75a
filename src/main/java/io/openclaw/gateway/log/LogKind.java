package io.openclaw.gateway.log;

/** Where a log lives. */
public enum LogKind {
  /** In the memory of this process, and ends with it. */
  MEMORY,
  /** In the memory of the cluster's nodes, and outlives any one of them. */
  HAZELCAST,
  /** In files of this node. */
  FILE,
  /** In a topic of Kafka. */
  KAFKA
}
