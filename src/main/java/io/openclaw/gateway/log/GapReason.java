package io.openclaw.gateway.log;

import java.util.Locale;

/** Why publications will not come. */
public enum GapReason {
  /** They are older than what the log keeps. */
  RETENTION,
  /** They belong to another life of the log. */
  EPOCH,
  /** The receiver was too slow for them. */
  OVERFLOW;

  /** The word on the wire: {@code retention}, {@code epoch}, {@code overflow}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
