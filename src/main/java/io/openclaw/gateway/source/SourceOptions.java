package io.openclaw.gateway.source;

/**
 * What every source can be told.
 *
 * @param failure what becomes of events that cannot be published
 * @param deadLetters where they are put, an address of an outlet such as {@code jms:queue/dead};
 *     empty: where the adapter puts them by itself
 * @param required whether the gateway is not ready while this source is down
 * @param paused whether it begins paused
 * @param exclusive the database in which a lock says which node reads; empty: every node does, or
 *     the adapter sees to it itself
 */
public record SourceOptions(
    FailurePolicy failure, String deadLetters, boolean required, boolean paused, String exclusive) {
  /** Required, running, with the usual policy. */
  public static final SourceOptions DEFAULT =
      new SourceOptions(FailurePolicy.DEFAULT, "", true, false);

  /** Read by every node, or as the adapter sees to it. */
  public SourceOptions(
      FailurePolicy failure, String deadLetters, boolean required, boolean paused) {
    this(failure, deadLetters, required, paused, "");
  }

  /** The same, read by the node that holds the lock in {@code database}. */
  public SourceOptions onlyOnOneNode(String database) {
    return new SourceOptions(failure, deadLetters, required, paused, database);
  }
}
