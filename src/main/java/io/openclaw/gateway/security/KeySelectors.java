package io.openclaw.gateway.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds the keys that may verify a token. A key is offered only for the algorithms of its own kind
 * that its issuer is held to: a public key is never taken for an HMAC secret.
 */
final class KeySelectors {
  private KeySelectors() {}

  static JWSKeySelector<SecurityContext> of(JwtIssuer issuer, BoundedHttp http, Clock clock) {
    Set<String> accepted = issuer.accepted();
    JwtKeys keys = issuer.keys();
    if (keys instanceof JwtKeys.HmacSecret secret) {
      return forSecret(secret, accepted);
    }
    if (keys instanceof JwtKeys.KeyFile file) {
      return forKeys(file.keys(), accepted);
    }
    if (keys instanceof JwtKeys.JwksUrl jwks) {
      FetchBounds bounds = jwks.bounds();
      return remote(new KeyDocument.Direct(jwks.url(), bounds, http), bounds, accepted, clock);
    }
    if (keys instanceof JwtKeys.Discovery metadata) {
      FetchBounds bounds = metadata.bounds();
      KeyDocument document = new KeyDocument.Discovered(metadata.issuer(), bounds, http);
      return remote(document, bounds, accepted, clock);
    }
    return forKeys(List.of(), accepted);
  }

  private static JWSKeySelector<SecurityContext> forSecret(
      JwtKeys.HmacSecret keys, Set<String> accepted) {
    byte[] bytes = keys.secret().getBytes(StandardCharsets.UTF_8);
    SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
    return (header, context) ->
        accepted.contains(header.getAlgorithm().getName()) ? List.of(key) : List.of();
  }

  private static JWSKeySelector<SecurityContext> forKeys(
      List<PublicKey> keys, Set<String> accepted) {
    return (header, context) -> {
      JWSAlgorithm algorithm = header.getAlgorithm();
      return accepted.contains(algorithm.getName())
          ? keys.stream().filter(key -> KeyAlgorithms.fits(key, algorithm)).toList()
          : List.<Key>of();
    };
  }

  private static JWSKeySelector<SecurityContext> remote(
      KeyDocument document, FetchBounds bounds, Set<String> accepted, Clock clock) {
    Set<JWSAlgorithm> algorithms =
        accepted.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    return new JWSVerificationKeySelector<>(algorithms, new RemoteKeySet(document, bounds, clock));
  }
}
