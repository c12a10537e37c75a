package io.openclaw.gateway.rest;

/**
 * The bounds of a request.
 *
 * @param maxBodyBytes largest body
 * @param maxEvents events in one request
 * @param maxHistory publications in one page of the past
 */
public record RestSettings(int maxBodyBytes, int maxEvents, int maxHistory) {
  /** 1 MiB, 1,000 events, pages of 1,000. */
  public static final RestSettings DEFAULT = new RestSettings(1 << 20, 1_000, 1_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public RestSettings {
    if (maxBodyBytes < 1 || maxEvents < 1 || maxHistory < 1) {
      throw new IllegalArgumentException("max-body-bytes, max-events and max-history are above 0");
    }
  }
}
