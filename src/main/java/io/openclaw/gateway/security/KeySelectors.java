package io.openclaw.gateway.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds the keys that may verify a token. A key is offered only for the algorithms of its own kind:
 * a public key is never taken for an HMAC secret.
 */
final class KeySelectors {
  private KeySelectors() {}

  static JWSKeySelector<SecurityContext> forSecret(JwtKeys.HmacSecret keys) {
    byte[] bytes = keys.secret().getBytes(StandardCharsets.UTF_8);
    SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
    Set<JWSAlgorithm> algorithms = new HashSet<>();
    algorithms.add(JWSAlgorithm.HS256);
    if (bytes.length >= 48) {
      algorithms.add(JWSAlgorithm.HS384);
    }
    if (bytes.length >= 64) {
      algorithms.add(JWSAlgorithm.HS512);
    }
    return (header, context) ->
        algorithms.contains(header.getAlgorithm()) ? List.of(key) : List.of();
  }

  static JWSKeySelector<SecurityContext> forKeys(List<PublicKey> keys) {
    return (header, context) -> {
      List<Key> fitting = new ArrayList<>(keys);
      fitting.removeIf(key -> !fits(key, header.getAlgorithm()));
      return fitting;
    };
  }

  private static boolean fits(Key key, JWSAlgorithm algorithm) {
    if (key instanceof RSAPublicKey) {
      return JWSAlgorithm.Family.RSA.contains(algorithm);
    }
    return key instanceof ECPublicKey ec
        && Curve.forJWSAlgorithm(algorithm) != null
        && Curve.forJWSAlgorithm(algorithm).contains(Curve.forECParameterSpec(ec.getParams()));
  }
}
