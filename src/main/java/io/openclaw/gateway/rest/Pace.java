package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.RequestLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Counts what requests cost against the limits of whoever asks. Thread-safe. */
@ApplicationScoped
public class Pace {
  private final RequestLimits limits;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected Pace() {
    this(null, null);
  }

  @Inject
  public Pace(RequestLimits limits, Audit audit) {
    this.limits = limits;
    this.audit = audit;
  }

  /**
   * Takes {@code cost} units.
   *
   * @throws ProblemException 429 with {@code Retry-After} if there are not enough
   */
  void take(Caller who, int cost) {
    long wait = limits.take(who.identity(), who.address(), cost);
    if (wait > 0) {
      audit.write(AuditEvent.LIMITED, who, "reason", "requests");
      throw ProblemException.tooFast("too many requests", wait);
    }
  }
}
