package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Arrival;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A WebSocket handshake, or a request for an event stream, on its way in. <em>Confined to the
 * request's thread.</em>
 */
final class Handshake {
  private final HttpServletRequest request;
  private final Arrival arrival;
  private Identity identity = Identity.ANONYMOUS;

  Handshake(HttpServletRequest request, Arrival arrival) {
    this.request = request;
    this.arrival = arrival;
  }

  HttpServletRequest request() {
    return request;
  }

  Arrival arrival() {
    return arrival;
  }

  /** Somebody signed in. */
  void identify(Identity who) {
    identity = who;
  }

  /** Who asks, as far as it is known yet. */
  Caller caller() {
    return new Caller(identity, arrival.address());
  }
}
