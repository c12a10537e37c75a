package io.openclaw.gateway.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From which web pages a browser may connect (RFC 6454). A browser sends cookies along with a
 * WebSocket handshake from any page and knows no same-origin rule for it, so the gateway has one:
 *
 * <ol>
 *   <li>Without an {@code Origin} header it is no browser: allowed.
 *   <li>An origin on the list, or any if the list has {@code *}: allowed.
 *   <li>An origin whose host and port are those of the {@code Host} header: allowed.
 *   <li>Everything else is not, {@code null} (sandboxed pages, files) included.
 * </ol>
 */
public final class OriginPolicy {
  private final Set<String> allowed;

  /**
   * @param allowed origins such as {@code https://app.example.com}, compared without regard to
   *     case; {@code *} for every one
   * @throws IllegalArgumentException if one is no origin
   */
  public OriginPolicy(List<String> allowed) {
    allowed.forEach(OriginPolicy::check);
    this.allowed = allowed.stream().map(OriginPolicy::normal).collect(Collectors.toSet());
  }

  private static void check(String origin) {
    if (!origin.equals("*") && !origin.matches("(?i)[a-z][a-z0-9+.-]*://[^/?#@\\s]+")) {
      throw new IllegalArgumentException(
          "an origin is scheme://host or scheme://host:port without a path, or *");
    }
  }

  /**
   * @param origin the {@code Origin} header, or null if there was none
   * @param host the {@code Host} header, or null if there was none
   */
  public boolean allows(@Nullable String origin, @Nullable String host) {
    if (origin == null || allowed.contains("*")) {
      return true;
    }
    String normal = normal(origin);
    return allowed.contains(normal) || isSameHost(normal, host);
  }

  private static boolean isSameHost(String origin, @Nullable String host) {
    int authority = origin.indexOf("://");
    if (host == null || authority < 0) {
      return false;
    }
    return origin.equals(normal(origin.substring(0, authority) + "://" + host));
  }

  /** Lower case, without the scheme's default port. */
  private static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    try {
      URI uri = new URI(lower);
      boolean defaultPort =
          ("http".equals(uri.getScheme()) && uri.getPort() == 80)
              || ("https".equals(uri.getScheme()) && uri.getPort() == 443);
      return defaultPort ? lower.substring(0, lower.lastIndexOf(':')) : lower;
    } catch (URISyntaxException e) {
      return lower;
    }
  }
}
