package io.openclaw.gateway.hook;

/** What became of a request. */
public sealed interface HookOutcome {
  /** The event is in the log, or put aside: it need not come again. */
  record Accepted() implements HookOutcome {}

  /**
   * It is not taken.
   *
   * @param code an error code of the protocol; {@code unavailable}: it should come again
   * @param reason what was wrong; safe to show to the sender
   */
  record Refused(String code, String reason) implements HookOutcome {}
}
