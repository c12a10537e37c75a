package io.openclaw.gateway.security;

/**
 * The limits of this node.
 *
 * @param usual of everybody for whom {@code openclaw.yaml} has no others
 * @param maxExcess what a session may go over its limits before it is ended; this much is forgiven
 *     each minute
 * @param handshakes of one address: WebSockets and event streams
 * @param failedSignIns of one address
 * @param maxTracked addresses, and users, that each limit remembers at most
 */
public record LimitSettings(
    Limits usual, int maxExcess, Rate handshakes, Rate failedSignIns, int maxTracked) {
  /** Far above what good clients do; see docs/configuration.md. */
  public static final LimitSettings DEFAULT =
      new LimitSettings(
          Limits.DEFAULT, 2_000, new Rate(1_000, 20_000), new Rate(50, 1_000), 20_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public LimitSettings {
    if (maxExcess < 1 || maxTracked < 1) {
      throw new IllegalArgumentException("max-excess and max-tracked are 1 or more");
    }
  }
}
