package io.openclaw.gateway.security;

/**
 * A range of IP addresses in CIDR form (RFC 4632). Immutable.
 *
 * @param address any address of it
 * @param prefix how many leading bits all addresses of it have in common
 */
public record IpNetwork(IpAddress address, int prefix) {
  /**
   * @throws IllegalArgumentException if the address has fewer bits than the prefix
   */
  public IpNetwork {
    if (prefix < 0 || prefix > 8 * address.bytes().length) {
      throw new IllegalArgumentException(
          "a prefix is 0 to " + 8 * address.bytes().length + " for " + address);
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address.
   *
   * @throws IllegalArgumentException if it is none; names are never looked up
   */
  public static IpNetwork of(String text) {
    int slash = text.indexOf('/');
    String base = slash < 0 ? text : text.substring(0, slash);
    IpAddress address =
        IpAddress.parse(base).orElseThrow(() -> new IllegalArgumentException(notOne(text)));
    if (slash < 0) {
      return new IpNetwork(address, 8 * address.bytes().length);
    }
    try {
      return new IpNetwork(address, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(notOne(text), e);
    }
  }

  private static String notOne(String text) {
    return "\"" + text + "\" is no IP address or network, such as 10.0.0.0/8 or 2001:db8::/32";
  }

  /** Whether {@code other} is in it; an IPv4 address is in no IPv6 network. */
  public boolean contains(IpAddress other) {
    byte[] ours = address.bytes();
    byte[] theirs = other.bytes();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }
}
