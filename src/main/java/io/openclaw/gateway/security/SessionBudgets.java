package io.openclaw.gateway.security;

import java.util.function.LongSupplier;

/** Gives each session its budget. Thread-safe. */
public final class SessionBudgets {
  private final CurrentLimits current;
  private final int maxExcess;
  private final LongSupplier nanoTime;

  /**
   * @param maxExcess what a session may be over, and is forgiven each minute
   */
  public SessionBudgets(CurrentLimits current, int maxExcess, LongSupplier nanoTime) {
    this.current = current;
    this.maxExcess = maxExcess;
    this.nanoTime = nanoTime;
  }

  /** What a new session may send. */
  public SessionBudget budget() {
    return new SessionBudget(current, maxExcess, nanoTime);
  }
}
