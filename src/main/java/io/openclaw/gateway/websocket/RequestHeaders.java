package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Forwarders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** A servlet request as {@link Forwarders} reads it. */
record RequestHeaders(HttpServletRequest request) implements Forwarders.Request {
  @Override
  public String peer() {
    return request.getRemoteAddr();
  }

  @Override
  public boolean secure() {
    return request.isSecure();
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }
}
