package io.openclaw.gateway.dev;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** Makes tokens with a secret of its own, a new one each time. <i>Thread-safe.</i> */
public final class DevelopmentTokens {
  private static final int SECRET_BYTES = 48;

  private final String secret;

  private DevelopmentTokens(String secret) {
    this.secret = secret;
  }

  /** With a new random secret. */
  public static DevelopmentTokens create() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return new DevelopmentTokens(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** What the gateway needs to know: {@code openclaw.security.jwt.hmac-secret}. */
  public String secret() {
    return secret;
  }

  /** A token with these claims: {@code sub}, {@code roles} and {@code exp}. */
  public String token(String user, List<String> roles, Duration life) {
    return sign(
        new JWTClaimsSet.Builder()
            .subject(user)
            .claim("roles", roles)
            .expirationTime(Date.from(Instant.now().plus(life)))
            .build());
  }

  /** A token with any claims. */
  public String sign(JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
      token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
