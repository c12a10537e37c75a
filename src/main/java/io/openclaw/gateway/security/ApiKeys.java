package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The API keys in force. A key is found by its hash: how long that takes tells nothing about any
 * other key. Immutable.
 */
final class ApiKeys {
  private static final Refused UNKNOWN = new Refused("the API key is not known here", false);
  private static final Refused EXPIRED = new Refused("the API key has expired", false);

  private final Map<String, ApiKey> byHash;
  private final Map<String, Identity> holders;
  private final Clock clock;

  ApiKeys(List<ApiKey> keys, Clock clock) {
    this.byHash = keys.stream().collect(Collectors.toMap(ApiKey::hash, Function.identity()));
    this.holders = keys.stream().collect(Collectors.toMap(ApiKey::name, ApiKey::holder));
    this.clock = clock;
  }

  /** Whether it is written like a key, and not like a token. */
  static boolean isKey(String credential) {
    return credential.startsWith(ApiKey.PREFIX);
  }

  AuthenticationResult authenticate(String key) {
    ApiKey known = byHash.get(ApiKey.hashOf(key));
    if (known == null) {
      return UNKNOWN;
    }
    Instant end = known.expires();
    return end != null && !end.isAfter(clock.instant())
        ? EXPIRED
        : new Authenticated(known.holder());
  }

  /** Whether there is still exactly the key that {@code holder} has shown. */
  boolean vouchFor(Identity holder) {
    return holder.equals(holders.get(holder.user()));
  }
}
