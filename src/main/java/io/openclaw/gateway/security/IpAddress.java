package io.openclaw.gateway.security;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, read from text without asking any name server. An IPv4 address that is written as
 * an IPv6 one ({@code ::ffff:192.0.2.1}) is the IPv4 address. Immutable.
 */
public final class IpAddress {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int GROUPS = 8;
  private static final int NETWORK_GROUPS = 4;

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads {@code 192.0.2.1} or {@code 2001:db8::1} (RFC 4291 §2.2); a zone behind it, {@code
   * %eth0}, is passed over. Empty if it is anything else, a name or octal numbers included.
   */
  public static Optional<IpAddress> parse(String text) {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    byte[] bytes = address.indexOf(':') < 0 ? v4(address) : v6(address);
    return Optional.ofNullable(bytes).map(read -> new IpAddress(unmapped(read)));
  }

  /**
   * The key under which whoever has this address is counted: an IPv4 address itself; of an IPv6
   * address the first 64 bits, as one customer has all the others.
   */
  public static String countingKey(String address) {
    return parse(address).map(IpAddress::network).orElse(address);
  }

  private String network() {
    if (bytes.length == V4_BYTES) {
      return toString();
    }
    StringBuilder out = new StringBuilder(24);
    for (int i = 0; i < NETWORK_GROUPS; i++) {
      out.append(Integer.toHexString(group(i))).append(':');
    }
    return out.append(":/64").toString();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  private static byte @Nullable [] v4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[V4_BYTES];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (parts.length != V4_BYTES || !part.matches("0|[1-9][0-9]{0,2}")) {
        return null;
      }
      int value = Integer.parseInt(part);
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text, true);
      return all != null && all.length == V6_BYTES ? all : null;
    }
    byte[] head = groups(text.substring(0, gap), false);
    byte[] tail = groups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, bytes, V6_BYTES - tail.length, tail.length);
    return bytes;
  }

  /** Groups of four hexadecimal digits with colons between; at the end there may be IPv4. */
  private static byte @Nullable [] groups(String text, boolean atEnd) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length && parts.length <= GROUPS; i++) {
      byte[] group =
          atEnd && i == parts.length - 1 && parts[i].indexOf('.') > 0
              ? v4(parts[i])
              : hex(parts[i]);
      if (group == null) {
        return null;
      }
      System.arraycopy(group, 0, bytes, length, group.length);
      length += group.length;
    }
    return parts.length > GROUPS ? null : Arrays.copyOf(bytes, length);
  }

  private static byte @Nullable [] hex(String group) {
    if (!group.matches("[0-9A-Fa-f]{1,4}")) {
      return null;
    }
    int value = Integer.parseInt(group, 16);
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length == V4_BYTES) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1 ? Arrays.copyOfRange(bytes, 12, V6_BYTES) : bytes;
  }

  private int group(int index) {
    return ((bytes[2 * index] & 0xFF) << 8) | (bytes[2 * index + 1] & 0xFF);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The address as RFC 5952 writes it: {@code 192.0.2.1}, {@code 2001:db8::1}. */
  @Override
  public String toString() {
    if (bytes.length == V4_BYTES) {
      return (bytes[0] & 0xFF)
          + "."
          + (bytes[1] & 0xFF)
          + "."
          + (bytes[2] & 0xFF)
          + "."
          + (bytes[3] & 0xFF);
    }
    StringBuilder out = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      out.append(i == 0 ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return shortened(out.toString());
  }

  /** The first of the longest runs of two or more groups of zeros becomes {@code ::}. */
  private static String shortened(String full) {
    String padded = ":" + full + ":";
    for (int zeros = GROUPS; zeros >= 2; zeros--) {
      String run = ":0".repeat(zeros) + ":";
      int at = padded.indexOf(run);
      if (at >= 0) {
        String head = padded.substring(Math.min(1, at), at);
        String tail = padded.substring(at + run.length());
        return head + "::" + (tail.isEmpty() ? "" : tail.substring(0, tail.length() - 1));
      }
    }
    return full;
  }
}
