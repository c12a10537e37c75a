package io.openclaw.gateway.source;

/**
 * How much is waiting at the neighbour of a source and has not been taken.
 *
 * @param amount 0 or more, as it was last seen
 * @param unit what is counted
 */
public record Lag(long amount, Unit unit) {
  /** What a lag counts. */
  public enum Unit {
    /** Events, messages or rows. */
    EVENTS,
    /** Bytes of a log that is read. */
    BYTES
  }

  /**
   * @throws IllegalArgumentException if the amount is negative
   */
  public Lag {
    if (amount < 0) {
      throw new IllegalArgumentException("a lag is 0 or more");
    }
  }

  /** So many events. */
  public static Lag events(long amount) {
    return new Lag(Math.max(0, amount), Unit.EVENTS);
  }

  /** So many bytes. */
  public static Lag bytes(long amount) {
    return new Lag(Math.max(0, amount), Unit.BYTES);
  }
}
