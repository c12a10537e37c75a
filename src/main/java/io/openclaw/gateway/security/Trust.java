package io.openclaw.gateway.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is believed: what may change while the gateway runs.
 *
 * @param issuers each with a name of its own
 * @param apiKeys each with a name and a hash of its own
 */
public record Trust(List<JwtIssuer> issuers, List<ApiKey> apiKeys) {
  /** Nobody. */
  public static final Trust NOBODY = new Trust(List.of(), List.of());

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if two have the same name or hash, or an issuer has none
   */
  public Trust {
    issuers = List.copyOf(issuers);
    apiKeys = List.copyOf(apiKeys);
    Set<String> seen = new HashSet<>(Set.of("iss:"));
    issuers.forEach(issuer -> once(seen, "iss:" + issuer.name()));
    apiKeys.forEach(key -> once(seen, "name:" + key.name()));
    apiKeys.forEach(key -> once(seen, "hash:" + key.hash()));
  }

  private static void once(Set<String> seen, String what) {
    if (!seen.add(what)) {
      throw new IllegalArgumentException("issuers and API keys are told apart by their names");
    }
  }
}
