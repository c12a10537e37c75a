package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.security.Admission;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.DoorSettings;
import io.openclaw.gateway.security.Forwarders;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.Tickets;
import io.openclaw.gateway.session.Sessions;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a handshake before a socket exists, and an event stream likewise. The steps, cheap ones
 * before those that cost:
 *
 * <ol>
 *   <li>{@link SecureStep}: 403 without TLS where it is required;
 *   <li>{@link PaceStep}: 429 if more come from the address than may;
 *   <li>{@link OriginStep}: 403 if it comes from a page of an origin that is not allowed, or its
 *       token is in a cookie that no origin vouches for;
 *   <li>{@link RoomStep}: 503 if the node is full, draining or has it too hard;
 *   <li>{@link SignInStep}: if it brings a token, API key or ticket, 429 if too many of the address
 *       were no good, 503 if its keys cannot be had now, 401 if it is no good;
 *   <li>{@link SeatStep}: 429 if the user or the address has too many sessions.
 * </ol>
 *
 * 429 and 503 come with {@code Retry-After}. Otherwise the {@link Caller}, verified or nobody,
 * becomes the request's principal.
 */
@WebFilter(
    urlPatterns = {"/ws", "/sse"},
    asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Authenticator authenticator;
  @Inject private transient Tickets tickets;
  @Inject private transient OriginPolicy origins;
  @Inject private transient Sessions sessions;
  @Inject private transient AddressLimits limits;
  @Inject private transient Admission admission;
  @Inject private transient DoorSettings settings;
  @Inject private transient Audit audit;

  private transient List<HandshakeStep> steps = List.of();

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public HandshakeFilter() {}

  @Override
  public void init() {
    steps =
        List.of(
            new SecureStep(settings.requireTls()),
            new PaceStep(limits),
            new OriginStep(origins, settings.cookieWithoutOrigin()),
            new RoomStep(sessions, admission),
            new SignInStep(authenticator, tickets, limits),
            new SeatStep(sessions));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Handshake handshake = new Handshake(request, settings.forwarders().arrival(asSent(request)));
    for (HandshakeStep step : steps) {
      Optional<Refusal> refusal = step.objection(handshake);
      if (refusal.isPresent()) {
        refuse(response, handshake.caller(), refusal.get());
        return;
      }
    }
    chain.doFilter(new IdentifiedRequest(request, handshake.caller()), response);
  }

  private static Forwarders.Request asSent(HttpServletRequest request) {
    return new Forwarders.Request(
        request.getRemoteAddr(),
        request.isSecure(),
        name -> Collections.list(request.getHeaders(name)));
  }

  private void refuse(HttpServletResponse response, Caller who, Refusal refusal)
      throws IOException {
    AuditEvent event = refusal.isLimit() ? AuditEvent.LIMITED : AuditEvent.REFUSED;
    String status = Integer.toString(refusal.status());
    audit.write(event, who, "status", status, "reason", refusal.reason());
    refusal.answer(response);
  }
}
