package io.openclaw.gateway.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which signature algorithms belong to which kind of key (RFC 7518 §3.1). */
final class KeyAlgorithms {
  private static final List<String> RSA =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
  private static final List<String> EC = List.of("ES256", "ES384", "ES512");

  /** Those that a public key may verify, whatever kind it is. */
  static final Set<String> PUBLIC = union(RSA, EC);

  private KeyAlgorithms() {}

  private static Set<String> union(Collection<String> some, Collection<String> others) {
    Set<String> names = new TreeSet<>(some);
    names.addAll(others);
    return Collections.unmodifiableSet(names);
  }

  /** A secret is at least as long as the hash (RFC 7518 §3.2). */
  static Set<String> ofSecret(int bytes) {
    Set<String> names = new TreeSet<>(Set.of("HS256"));
    if (bytes >= 48) {
      names.add("HS384");
    }
    if (bytes >= 64) {
      names.add("HS512");
    }
    return names;
  }

  static Set<String> ofKeys(Collection<? extends Key> keys) {
    Set<String> names = new TreeSet<>();
    for (Key key : keys) {
      PUBLIC.stream().filter(name -> fits(key, JWSAlgorithm.parse(name))).forEach(names::add);
    }
    return names;
  }

  static boolean fits(Key key, JWSAlgorithm algorithm) {
    if (key instanceof RSAPublicKey) {
      return JWSAlgorithm.Family.RSA.contains(algorithm);
    }
    return key instanceof ECPublicKey ec
        && Curve.forJWSAlgorithm(algorithm) != null
        && Curve.forJWSAlgorithm(algorithm).contains(Curve.forECParameterSpec(ec.getParams()));
  }
}
