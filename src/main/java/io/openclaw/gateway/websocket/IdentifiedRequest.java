package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request whose principal is the verified identity; the WebSocket session takes it over. */
final class IdentifiedRequest extends HttpServletRequestWrapper {
  private final Identity identity;

  IdentifiedRequest(HttpServletRequest request, Identity identity) {
    super(request);
    this.identity = identity;
  }

  @Override
  public Principal getUserPrincipal() {
    return identity;
  }
}
