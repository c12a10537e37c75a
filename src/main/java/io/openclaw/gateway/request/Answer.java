package io.openclaw.gateway.request;

import io.openclaw.gateway.topic.Payload;

/** What came back from a service. */
public sealed interface Answer {
  /** An answer for the client. */
  record Given(Payload payload) implements Answer {}

  /**
   * The service refused.
   *
   * @param code an error code of the protocol
   * @param message why, in words that the client is shown
   */
  record Refused(String code, String message) implements Answer {}
}
