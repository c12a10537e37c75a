package io.openclaw.gateway.security;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a request came from when there are proxies in between. It is done so:
 *
 * <ol>
 *   <li>If the peer is no trusted proxy, no header counts: the peer is the client.
 *   <li>Only the configured kind of header counts, {@code X-Forwarded-For}, {@code -Proto} and
 *       {@code -Host}, or {@code Forwarded} (RFC 7239). A proxy passes on what it does not know, so
 *       the other kind may be anybody's.
 *   <li>Hops are read from right to left, as each proxy adds its own peer at the end. A hop that is
 *       a trusted proxy itself leads one further.
 *   <li>The first hop that is none is the client; if all are, the leftmost one is.
 *   <li>A hop that cannot be read (a name, {@code unknown}, an obfuscated one) ends it: the last
 *       trusted address counts as the client.
 *   <li>Whether the client spoke TLS, and to which host, is what the proxy said that took the
 *       request from it; where it said nothing, what the connection to us is like.
 * </ol>
 *
 * Immutable. No name is ever looked up.
 */
public final class Forwarders {
  /** Trusts nobody. */
  public static final Forwarders NONE = new Forwarders(List.of(), Kind.X_FORWARDED);

  private final List<IpNetwork> trusted;
  private final Kind kind;

  /** Which headers the trusted proxies write. */
  public enum Kind {
    /** {@code X-Forwarded-For}, {@code X-Forwarded-Proto}, {@code X-Forwarded-Host}. */
    X_FORWARDED,
    /** {@code Forwarded}, RFC 7239. */
    FORWARDED
  }

  /**
   * @param trusted the proxies; empty: none
   */
  public Forwarders(List<IpNetwork> trusted, Kind kind) {
    this.trusted = List.copyOf(trusted);
    this.kind = kind;
  }

  /**
   * The request as the connection shows it, and its headers.
   *
   * @param peer the peer's address, never a name
   * @param secure whether the connection to us is TLS
   * @param fields all values of a header in order; empty if there is none
   */
  public record Request(String peer, boolean secure, Function<String, List<String>> fields) {
    List<String> headers(String name) {
      return fields.apply(name);
    }
  }

  /** Where {@code request} came from. */
  public Arrival arrival(Request request) {
    Optional<IpAddress> peer = IpAddress.parse(request.peer());
    String host = request.headers("Host").stream().findFirst().orElse(null);
    String address = peer.map(IpAddress::toString).orElse(request.peer());
    Arrival direct = new Arrival(address, request.secure(), host);
    return peer.filter(this::trusts).map(proxy -> behind(direct, request)).orElse(direct);
  }

  private boolean trusts(IpAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private Arrival behind(Arrival direct, Request request) {
    List<Hop> hops =
        kind == Kind.FORWARDED
            ? ForwardedHeader.hops(request.headers("Forwarded"))
            : XForwarded.hops(request::headers);
    Arrival arrival = direct;
    for (int i = hops.size() - 1; i >= 0; i--) {
      Hop hop = hops.get(i);
      Optional<IpAddress> client = IpAddress.parse(hop.client());
      if (client.isEmpty()) {
        return arrival;
      }
      arrival = hop.from(client.get(), arrival);
      if (!trusts(client.get())) {
        return arrival;
      }
    }
    return arrival;
  }

  /**
   * What one proxy said about its peer.
   *
   * @param client the peer's address, without a port; empty if it cannot be read
   * @param proto {@code http} or {@code https}, or null
   * @param host what it was asked for, or null
   */
  record Hop(String client, @Nullable String proto, @Nullable String host) {
    Arrival from(IpAddress address, Arrival nearer) {
      boolean secure =
          proto == null
              ? nearer.secure()
              : proto.equalsIgnoreCase("https") || proto.equalsIgnoreCase("wss");
      return new Arrival(address.toString(), secure, host == null ? nearer.host() : host);
    }
  }

  /** Without brackets and port: {@code [2001:db8::1]:80}, {@code 192.0.2.1:80}. */
  static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      String rest = end < 0 ? "?" : node.substring(end + 1);
      return rest.isEmpty() || rest.matches(":[0-9]{1,5}") ? node.substring(1, end) : "";
    }
    int colon = node.indexOf(':');
    boolean one = colon >= 0 && colon == node.lastIndexOf(':');
    if (!one) {
      return node;
    }
    return node.substring(colon).matches(":[0-9]{1,5}") ? node.substring(0, colon) : "";
  }

  /** Reads {@code X-Forwarded-*}, which no standard describes. */
  private static final class XForwarded {
    static List<Hop> hops(Function<String, List<String>> headers) {
      List<String> clients = items(headers.apply("X-Forwarded-For"));
      List<String> protos = items(headers.apply("X-Forwarded-Proto"));
      List<String> hosts = items(headers.apply("X-Forwarded-Host"));
      return java.util.stream.IntStream.range(0, clients.size())
          .mapToObj(
              i ->
                  new Hop(
                      withoutPort(clients.get(i)),
                      at(protos, i, clients.size()),
                      at(hosts, i, clients.size())))
          .toList();
    }

    private static List<String> items(List<String> values) {
      return values.stream()
          .flatMap(value -> List.of(value.split(",", -1)).stream())
          .map(String::trim)
          .toList();
    }

    /** Proxies add to the first header and replace the others: then there is one for all hops. */
    private static @Nullable String at(List<String> items, int index, int count) {
      if (items.isEmpty()) {
        return null;
      }
      String item = items.size() == count ? items.get(index) : items.get(items.size() - 1);
      return item.isEmpty() ? null : item;
    }
  }
}
