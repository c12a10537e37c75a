package io.openclaw.gateway.rest;

import java.time.Duration;

/**
 * The bounds of a request.
 *
 * @param maxBodyBytes largest body
 * @param bodyTimeout how long a body may take to arrive
 * @param maxArriving requests at once whose bodies are still on their way; each holds a thread of
 *     the server
 * @param maxEvents events in one request
 * @param maxHistory publications in one page of the past
 */
public record RestSettings(
    int maxBodyBytes, Duration bodyTimeout, int maxArriving, int maxEvents, int maxHistory) {
  /**
   * 1 MiB in 10 s; 16 at once, half of the threads that WildFly has for requests on two processors;
   * 1,000 events, pages of 1,000.
   */
  public static final RestSettings DEFAULT =
      new RestSettings(1 << 20, Duration.ofSeconds(10), 16, 1_000, 1_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public RestSettings {
    if (Math.min(Math.min(maxBodyBytes, maxArriving), Math.min(maxEvents, maxHistory)) < 1
        || bodyTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("the bounds of a request are above 0");
    }
  }
}
