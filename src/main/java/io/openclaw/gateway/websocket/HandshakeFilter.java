package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.session.Sessions;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Refuses a handshake before a socket exists, and an event stream likewise, in this order:
 *
 * <ol>
 *   <li>403 if it comes from a page of an origin that is not allowed;
 *   <li>503 with {@code Retry-After} if the node is full or draining;
 *   <li>503 with {@code Retry-After} if it brings a token whose keys cannot be had now;
 *   <li>401 if it brings a token that is no good.
 * </ol>
 *
 * Otherwise the {@link Caller}, verified or nobody, becomes the request's principal.
 */
@WebFilter(
    urlPatterns = {"/ws", "/sse"},
    asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final int SERVICE_UNAVAILABLE = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  @Inject private transient Authenticator authenticator;
  @Inject private transient OriginPolicy origins;
  @Inject private transient Sessions sessions;
  @Inject private transient Audit audit;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public HandshakeFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Caller unknown = new Caller(Identity.ANONYMOUS, request.getRemoteAddr());
    if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
      refuse(response, HttpServletResponse.SC_FORBIDDEN, unknown, "this origin is not allowed");
      return;
    }
    if (sessions.isFull()) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
      refuse(response, SERVICE_UNAVAILABLE, unknown, "no room; try again later");
      return;
    }
    Optional<String> token = Credentials.token(request);
    AuthenticationResult result =
        token
            .map(authenticator::authenticate)
            .orElseGet(() -> new AuthenticationResult.Authenticated(Identity.ANONYMOUS));
    if (result instanceof AuthenticationResult.Authenticated authenticated) {
      Caller caller = new Caller(authenticated.identity(), unknown.address());
      chain.doFilter(new IdentifiedRequest(request, caller), response);
    } else if (result instanceof AuthenticationResult.Refused refused && refused.retry()) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
      refuse(response, SERVICE_UNAVAILABLE, unknown, refused.reason());
    } else if (result instanceof AuthenticationResult.Refused refused) {
      response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, unknown, refused.reason());
    }
  }

  private void refuse(HttpServletResponse response, int status, Caller who, String reason)
      throws IOException {
    audit.write(AuditEvent.REFUSED, who, "status", String.valueOf(status), "reason", reason);
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(reason);
  }
}
