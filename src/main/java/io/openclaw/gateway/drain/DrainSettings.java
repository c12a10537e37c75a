package io.openclaw.gateway.drain;

import java.time.Duration;

/**
 * How a node is taken out of service.
 *
 * @param delay how long it serves on after it has said that it is not ready, so that load balancers
 *     notice first; 0: not at all
 * @param duration over which its clients are sent away evenly; 0: all at once
 */
public record DrainSettings(Duration delay, Duration duration) {
  /**
   * No delay, as a server that is told to end should; 10 s, which fits into what is usually given
   * to a process that is to end (Kubernetes 30 s, systemd 90 s).
   */
  public static final DrainSettings DEFAULT =
      new DrainSettings(Duration.ZERO, Duration.ofSeconds(10));

  /**
   * @throws IllegalArgumentException if one of them is negative
   */
  public DrainSettings {
    if (delay.isNegative() || duration.isNegative()) {
      throw new IllegalArgumentException("delay and duration of a drain are 0 or more");
    }
  }
}
