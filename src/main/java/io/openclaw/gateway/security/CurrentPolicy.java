package io.openclaw.gateway.security;

/**
 * Holds the access policy in force, so that a new configuration replaces it while everything runs.
 * Thread-safe.
 */
public final class CurrentPolicy {
  private volatile AccessPolicy policy;

  public CurrentPolicy(AccessPolicy policy) {
    this.policy = policy;
  }

  /** The policy in force now. */
  public AccessPolicy get() {
    return policy;
  }

  /** Puts {@code policy} in force for every decision from now on. */
  public void replace(AccessPolicy policy) {
    this.policy = policy;
  }
}
