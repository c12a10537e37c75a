package io.openclaw.gateway.security;

import java.util.Locale;

/** What the audit trail tells of. */
public enum AuditEvent {
  /** A session was opened. */
  CONNECTED,
  /** A handshake or request was turned away before anything was done for it. */
  REFUSED,
  /** A session signed in, or renewed its token. */
  SIGNED_IN,
  /** The policy did not grant what was asked for. */
  DENIED,
  /** Somebody went over a limit. */
  LIMITED,
  /** A session was ended because its rights were taken from it. */
  REVOKED,
  /** Somebody changed or asked for what only administrators may. */
  ADMINISTERED,
  /** The access rules in force changed. */
  POLICY_CHANGED;

  private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word in the trail, {@code signed-in}. */
  public String wire() {
    return wire;
  }
}
