package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Caller;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;

/** A request whose principal is the caller found out; the WebSocket session takes it over. */
final class IdentifiedRequest extends HttpServletRequestWrapper {
  private final Caller caller;

  IdentifiedRequest(HttpServletRequest request, Caller caller) {
    super(request);
    this.caller = caller;
  }

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> type)
      throws IOException, ServletException {
    return super.upgrade(PromptUpgrade.inPlaceOf(type));
  }
}
