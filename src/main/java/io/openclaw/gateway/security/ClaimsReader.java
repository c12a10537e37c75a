package io.openclaw.gateway.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a verified token claims, and makes an identity of it. */
final class ClaimsReader {
  private static final int MAX_USER_CHARS = 255;

  private final JwtIssuer issuer;
  private final Clock clock;

  ClaimsReader(JwtIssuer issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  AuthenticationResult read(JWTClaimsSet token) {
    String fault = timeFault(token);
    if (fault == null) {
      fault = originFault(token);
    }
    return fault == null ? identity(token) : new Refused(fault, false);
  }

  private @Nullable String timeFault(JWTClaimsSet token) {
    Date expires = token.getExpirationTime();
    if (expires == null) {
      return "the token has no end: exp is required";
    }
    Instant now = clock.instant();
    if (!acceptedUntil(expires).isAfter(now)) {
      return "the token has expired";
    }
    Date begins = token.getNotBeforeTime();
    return begins != null && begins.toInstant().minus(issuer.clockSkew()).isAfter(now)
        ? "the token is not valid yet"
        : null;
  }

  private Instant acceptedUntil(Date expires) {
    return expires.toInstant().plus(issuer.clockSkew());
  }

  private @Nullable String originFault(JWTClaimsSet token) {
    if (!issuer.name().isEmpty() && !issuer.name().equals(token.getIssuer())) {
      return "the token is not from an issuer accepted here";
    }
    return !issuer.audiences().isEmpty()
            && Collections.disjoint(issuer.audiences(), token.getAudience())
        ? "the token is not meant for this audience"
        : null;
  }

  private AuthenticationResult identity(JWTClaimsSet token) {
    Map<String, Object> claims = token.getClaims();
    String user = Claims.scalar(Claims.find(claims, issuer.userClaim()));
    if (user == null || user.isBlank() || user.length() > MAX_USER_CHARS) {
      return new Refused("the token names no user in " + issuer.userClaim(), false);
    }
    Date expires = token.getExpirationTime();
    return new Authenticated(
        new Identity(
            issuer.name(),
            user,
            roles(claims),
            claims,
            token.getJWTID(),
            expires.toInstant(),
            acceptedUntil(expires),
            Authority.POLICY));
  }

  private Set<String> roles(Map<String, Object> claims) {
    Set<String> roles = new HashSet<>();
    issuer.rolesClaims().forEach(path -> roles.addAll(Claims.names(Claims.find(claims, path))));
    return roles;
  }
}
