package io.openclaw.gateway.source;

/**
 * What every source can be told.
 *
 * @param failure what becomes of events that cannot be published
 * @param deadLetters where they are put, an address of an outlet such as {@code jms:queue/dead};
 *     empty: where the adapter puts them by itself
 * @param required whether the gateway is not ready while this source is down
 * @param paused whether it begins paused
 * @param readers which nodes read it
 */
public record SourceOptions(
    FailurePolicy failure, String deadLetters, boolean required, boolean paused, Readers readers) {
  /** Required, running, with the usual policy. */
  public static final SourceOptions DEFAULT =
      new SourceOptions(FailurePolicy.DEFAULT, "", true, false);

  /** Read by every node, or as the adapter sees to it. */
  public SourceOptions(
      FailurePolicy failure, String deadLetters, boolean required, boolean paused) {
    this(failure, deadLetters, required, paused, Readers.ALL);
  }

  /** The same, read by others. */
  public SourceOptions readBy(Readers others) {
    return new SourceOptions(failure, deadLetters, required, paused, others);
  }
}
