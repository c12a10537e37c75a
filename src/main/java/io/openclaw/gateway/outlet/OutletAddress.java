package io.openclaw.gateway.outlet;

import java.util.List;

/**
 * Names an outlet: {@code jms:queue/NAME}, {@code jms:topic/NAME}, {@code kafka:CLUSTER/TOPIC} or
 * {@code camel:ENDPOINT-URI}.
 *
 * @param scheme {@code jms}, {@code kafka} or {@code camel}
 * @param rest what stands behind the colon
 */
public record OutletAddress(String scheme, String rest) {
  private static final List<String> SCHEMES = List.of("jms", "kafka", "camel");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with what is allowed, if it is none
   */
  public static OutletAddress of(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (!SCHEMES.contains(scheme) || !isGood(scheme, rest)) {
      throw new IllegalArgumentException(
          "allowed is jms:queue/NAME, jms:topic/NAME, kafka:CLUSTER/TOPIC or camel:ENDPOINT-URI");
    }
    return new OutletAddress(scheme, rest);
  }

  private static boolean isGood(String scheme, String rest) {
    return switch (scheme) {
      case "jms" -> rest.matches("(queue|topic)/\\S+");
      case "kafka" -> rest.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
      default -> rest.matches("\\S+");
    };
  }

  /** As it is written. */
  @Override
  public String toString() {
    return scheme + ":" + rest;
  }
}
