package io.openclaw.gateway.source;

/** Which nodes of a cluster read a source. */
public sealed interface Readers {
  /** Every node, or as the adapter sees to it. */
  Readers ALL = new All();

  /** One node, that which holds a lease of the cluster. */
  Readers ONE = new LeaseHolder();

  /** Every node, or as the adapter sees to it. */
  record All() implements Readers {}

  /** The node that holds a lease of the cluster. */
  record LeaseHolder() implements Readers {}

  /**
   * The node that holds a lock in a database.
   *
   * @param database names a source of that kind
   */
  record LockHolder(String database) implements Readers {}
}
