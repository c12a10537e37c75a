package io.openclaw.gateway.request;

/**
 * How much may be asked at once.
 *
 * @param maxPending requests that wait for their answer
 * @param maxPendingPerSession those of one session
 * @param senders threads that send them
 */
public record RequestSettings(int maxPending, int maxPendingPerSession, int senders) {
  /** A page asks a few things at once; two senders keep the broker busy. */
  public static final RequestSettings DEFAULT = new RequestSettings(10_000, 100, 2);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public RequestSettings {
    if (Math.min(maxPending, maxPendingPerSession) < 1 || senders < 1) {
      throw new IllegalArgumentException("the bounds of requests are above 0");
    }
  }
}
