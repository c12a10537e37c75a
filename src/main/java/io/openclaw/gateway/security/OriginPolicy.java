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
 *   <li>An origin on the list: allowed by name.
 *   <li>An origin whose host and port are those that were asked for: allowed by name, but not an
 *       {@code http} page where the client spoke TLS, as anybody in between may have written that.
 *   <li>If the list has {@code *}, any other: allowed, but not by name, so that no cookie counts.
 *   <li>Everything else is not, {@code null} (sandboxed pages, files) included.
 * </ol>
 */
public final class OriginPolicy {
  /** What came of an origin. */
  public enum Verdict {
    /** There is none. */
    NO_BROWSER,
    /** It is listed, or the gateway's own. */
    BY_NAME,
    /** Every origin is allowed. */
    ANY,
    /** It is not allowed. */
    REFUSED
  }

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
   * @param host what the client asked for, or null if it is not known
   * @param secure whether the client spoke TLS
   */
  public Verdict judge(@Nullable String origin, @Nullable String host, boolean secure) {
    if (origin == null) {
      return Verdict.NO_BROWSER;
    }
    String normal = normal(origin);
    if (allowed.contains(normal) || isSameHost(normal, host, secure)) {
      return Verdict.BY_NAME;
    }
    return allowed.contains("*") ? Verdict.ANY : Verdict.REFUSED;
  }

  private static boolean isSameHost(String origin, @Nullable String host, boolean secure) {
    int authority = origin.indexOf("://");
    if (host == null || authority < 0 || (secure && origin.startsWith("http://"))) {
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
