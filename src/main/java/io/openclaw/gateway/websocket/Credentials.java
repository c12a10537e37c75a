package io.openclaw.gateway.websocket;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the token in a request. */
public final class Credentials {
  /** The cookie that may carry a token. */
  public static final String COOKIE = "openclaw_token";

  private static final String BEARER = "bearer ";
  private static final String BEARER_SUBPROTOCOL = "openclaw.bearer.";

  private Credentials() {}

  /**
   * The first that is present of:
   *
   * <ol>
   *   <li>{@code Authorization: Bearer};
   *   <li>an offered subprotocol {@code openclaw.bearer.<token>}, because a browser cannot set
   *       headers;
   *   <li>the cookie {@value #COOKIE}.
   * </ol>
   */
  public static Optional<String> token(HttpServletRequest request) {
    return header(request).or(() -> subprotocol(request)).or(() -> cookie(request));
  }

  /** Whether there is nothing but a cookie, which a browser sends along whoever asks. */
  static boolean areOnlyACookie(HttpServletRequest request) {
    return header(request).or(() -> subprotocol(request)).isEmpty() && cookie(request).isPresent();
  }

  private static Optional<String> header(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim());
  }

  private static Optional<String> subprotocol(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::trim)
        .filter(value -> value.startsWith(BEARER_SUBPROTOCOL))
        .map(value -> value.substring(BEARER_SUBPROTOCOL.length()))
        .findFirst();
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return List.of(cookies == null ? new Cookie[0] : cookies).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }
}
