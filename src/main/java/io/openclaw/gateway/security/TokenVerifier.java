package io.openclaw.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.time.Clock;

/** Verifies the tokens of one issuer, with its keys and by its rules alone. Thread-safe. */
final class TokenVerifier {
  private static final Refused BAD_SIGNATURE =
      new Refused("the signature of the token is not valid", false);
  private static final Refused NOT_ACCEPTED_KEY =
      new Refused("the token is not signed with a key and algorithm accepted here", false);
  private static final Refused NO_KEYS =
      new Refused("the token cannot be checked now: its keys are not available", true);

  private final JwtIssuer issuer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final ClaimsReader claims;

  @SuppressWarnings("NullAway") // the library takes null for "no typ"
  TokenVerifier(JwtIssuer issuer, BoundedHttp http, Clock clock) {
    this.issuer = issuer;
    this.claims = new ClaimsReader(issuer, clock);
    processor.setJWSKeySelector(KeySelectors.of(issuer, http, clock));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier((claimsSet, context) -> {});
  }

  JwtIssuer issuer() {
    return issuer;
  }

  @SuppressWarnings("NullAway") // the library takes null for "no context"
  AuthenticationResult verify(JWT token) {
    try {
      return claims.read(processor.process(token, null));
    } catch (BadJWTException e) {
      return Authenticator.NOT_A_JWT;
    } catch (BadJWSException e) {
      return BAD_SIGNATURE;
    } catch (KeySourceException e) {
      return NO_KEYS;
    } catch (BadJOSEException | JOSEException e) {
      return NOT_ACCEPTED_KEY;
    }
  }
}
