package io.openclaw.gateway.source;

/**
 * What becomes of an event that cannot be published.
 *
 * @param then what is done with an event that can never work, and with one that the gateway failed
 *     on too often
 * @param maxAttempts how often the gateway may fail on one event before it is treated like one that
 *     can never work; without a meaning for {@link Then#RETRY}
 */
public record FailurePolicy(Then then, int maxAttempts) {
  /** What is done at last. */
  public enum Then {
    /** It is put aside, with the reason. */
    DEAD_LETTER,
    /** It is dropped and counted. */
    SKIP,
    /** The source stays at it and tries again for ever: no event is passed over. */
    RETRY
  }

  /** Put aside; five tries outlast a hiccup. */
  public static final FailurePolicy DEFAULT = new FailurePolicy(Then.DEAD_LETTER, 5);

  /**
   * @throws IllegalArgumentException if the bound is out of range
   */
  public FailurePolicy {
    if (maxAttempts < 1 || maxAttempts > 100) {
      throw new IllegalArgumentException("max-attempts is 1 to 100");
    }
  }
}
