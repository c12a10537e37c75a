package io.openclaw.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Issues tokens with real keys, good ones and others. */
final class TestIssuer {
  static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

  private TestIssuer() {}

  /** An issuer with the usual claims, and no skew. */
  static JwtIssuer named(String name, JwtKeys keys, String... algorithms) {
    return new JwtIssuer(
        name, keys, Set.of(algorithms), List.of(), Duration.ZERO, "sub", List.of("roles"));
  }

  static KeyPair rsa(int bits) {
    return keyPair("RSA", bits);
  }

  static KeyPair ec(int bits) {
    return keyPair("EC", bits);
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(PublicKey key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("ann")
        .expirationTime(Date.from(NOW.plusSeconds(600)));
  }

  /** A token of ann that is good for ten minutes, but for what {@code change} does to it. */
  static String hmac(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims = claims();
    change.accept(claims);
    return sign(JWSAlgorithm.HS256, null, claims.build(), macSigner(SECRET));
  }

  static JWSSigner macSigner(String secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String signed(JWSAlgorithm algorithm, @Nullable String keyId, KeyPair key) {
    return sign(algorithm, keyId, claims().build(), signer(key));
  }

  static JWSSigner signer(KeyPair key) {
    try {
      return key.getPrivate() instanceof ECPrivateKey ec
          ? new ECDSASigner(ec)
          : new RSASSASigner(key.getPrivate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(
      JWSAlgorithm algorithm, @Nullable String keyId, JWTClaimsSet claims, JWSSigner signer) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm).keyID(keyId).type(JOSEObjectType.JWT).build();
    return sign(header, claims, signer);
  }

  static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
