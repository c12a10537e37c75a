package io.openclaw.gateway.source;

/**
 * What every source can be told.
 *
 * @param failure what becomes of events that cannot be published
 * @param deadLetters where they are put, an address of an outlet such as {@code jms:queue/dead};
 *     empty: where the adapter puts them by itself
 * @param required whether the gateway is not ready while this source is down
 * @param paused whether it begins paused
 */
public record SourceOptions(
    FailurePolicy failure, String deadLetters, boolean required, boolean paused) {
  /** Required, running, with the usual policy. */
  public static final SourceOptions DEFAULT =
      new SourceOptions(FailurePolicy.DEFAULT, "", true, false);
}
