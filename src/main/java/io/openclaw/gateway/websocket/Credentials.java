package io.openclaw.gateway.websocket;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a handshake shows of who sends it: the first that is present of
 *
 * <ol>
 *   <li>{@code Authorization: Bearer} with a token or an API key;
 *   <li>an offered subprotocol {@code openclaw.bearer.<token>}, because a browser cannot set
 *       headers, or {@code openclaw.ticket.<ticket>};
 *   <li>the parameter {@code ticket};
 *   <li>a token in the cookie {@value #COOKIE}.
 * </ol>
 *
 * Without any it is nobody.
 */
final class Credentials {
  /** The cookie that may carry a token. */
  static final String COOKIE = "openclaw_token";

  private static final String BEARER = "bearer ";
  private static final String BEARER_SUBPROTOCOL = "openclaw.bearer.";
  private static final String TICKET_SUBPROTOCOL = "openclaw.ticket.";
  private static final String TICKET_PARAMETER = "ticket";

  private Credentials() {}

  /**
   * What a handshake shows.
   *
   * @param isTicket whether it is a one-time ticket; else it is a token or an API key
   */
  record Credential(String text, boolean isTicket) {
    /** Without the secret. */
    @Override
    public String toString() {
      return isTicket ? "Credential[ticket]" : "Credential[token]";
    }
  }

  static Optional<Credential> of(HttpServletRequest request) {
    return explicit(request).or(() -> cookie(request).map(text -> new Credential(text, false)));
  }

  /** Whether there is nothing but a cookie, which a browser sends along whoever asks. */
  static boolean areOnlyACookie(HttpServletRequest request) {
    return explicit(request).isEmpty() && cookie(request).isPresent();
  }

  private static Optional<Credential> explicit(HttpServletRequest request) {
    return header(request)
        .or(() -> subprotocol(request, BEARER_SUBPROTOCOL))
        .map(text -> new Credential(text, false))
        .or(() -> ticket(request).map(text -> new Credential(text, true)));
  }

  private static Optional<String> header(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim());
  }

  private static Optional<String> subprotocol(HttpServletRequest request, String prefix) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::trim)
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()))
        .findFirst();
  }

  private static Optional<String> ticket(HttpServletRequest request) {
    return subprotocol(request, TICKET_SUBPROTOCOL)
        .or(() -> Optional.ofNullable(request.getParameter(TICKET_PARAMETER)));
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return List.of(cookies == null ? new Cookie[0] : cookies).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }
}
