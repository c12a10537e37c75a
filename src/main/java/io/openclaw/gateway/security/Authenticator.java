package io.openclaw.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;

/**
 * Verifies JSON Web Tokens (RFC 7519) that are signed (RFC 7515). A token is accepted if, in this
 * order:
 *
 * <ol>
 *   <li>it is not longer than allowed and is a JWT; its {@code typ}, if it has one, is {@code JWT}
 *       or {@code at+jwt};
 *   <li>its algorithm belongs to the kind of key configured (never {@code none}, never HMAC with a
 *       public key), and a key verifies its signature;
 *   <li>it has an {@code exp} that is not past, and no {@code nbf} to come, give or take the skew;
 *   <li>its {@code iss} and {@code aud} are the configured ones, where some are;
 *   <li>the user claim names somebody;
 *   <li>it has not been revoked.
 * </ol>
 *
 * Tokens are neither logged nor quoted. Thread-safe. Blocks only where keys come from a URL, and no
 * longer than {@link JwtKeys.JwksUrl} allows.
 */
public final class Authenticator {
  private static final Logger LOG = System.getLogger(Authenticator.class.getName());
  private static final Refused NOT_A_JWT = new Refused("the token is not a JWT", false);
  private static final Refused BAD_SIGNATURE =
      new Refused("the signature of the token is not valid", false);
  private static final Refused NOT_ACCEPTED_KEY =
      new Refused("the token is not signed with a key and algorithm accepted here", false);
  private static final Refused REVOKED = new Refused("the token has been revoked", false);
  private static final Refused NO_KEYS =
      new Refused("the token cannot be checked now: its keys are not available", true);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final ClaimsReader claims;
  private final Revocations revocations;
  private final int maxTokenChars;

  /** With nothing revoked, ever. */
  public Authenticator(JwtSettings settings, Clock clock) {
    this(settings, clock, new Revocations(RevocationSettings.DEFAULT, clock));
  }

  /**
   * @throws IllegalArgumentException if the key file cannot be used
   */
  @SuppressWarnings("NullAway") // the library takes null for "no typ"
  public Authenticator(JwtSettings settings, Clock clock, Revocations revocations) {
    this.revocations = revocations;
    this.claims = new ClaimsReader(settings, clock);
    this.maxTokenChars = settings.maxTokenChars();
    processor.setJWSKeySelector(selector(settings.keys()));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier((claimsSet, context) -> {});
  }

  private static JWSKeySelector<SecurityContext> selector(JwtKeys keys) {
    if (keys instanceof JwtKeys.HmacSecret secret) {
      return KeySelectors.forSecret(secret);
    }
    if (keys instanceof JwtKeys.KeyFile file) {
      return KeySelectors.forKeys(PemKeys.read(file.path()));
    }
    return keys instanceof JwtKeys.JwksUrl url
        ? new JwksKeySelector(url)
        : KeySelectors.forKeys(List.of());
  }

  /** Checks {@code token}. Whatever is wrong with it is a result, never an exception. */
  @SuppressWarnings("NullAway") // the library takes null for "no context"
  public AuthenticationResult authenticate(String token) {
    if (token.length() > maxTokenChars) {
      return new Refused("the token is longer than " + maxTokenChars + " characters", false);
    }
    try {
      return unlessRevoked(claims.read(processor.process(token, null)));
    } catch (ParseException | BadJWTException e) {
      return NOT_A_JWT;
    } catch (BadJWSException e) {
      return BAD_SIGNATURE;
    } catch (KeySourceException e) {
      return NO_KEYS;
    } catch (BadJOSEException | JOSEException e) {
      return NOT_ACCEPTED_KEY;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a token made its parser fail with {0}", e.getClass().getName());
      return NOT_A_JWT;
    }
  }

  private AuthenticationResult unlessRevoked(AuthenticationResult result) {
    return result instanceof Authenticated good && revocations.cover(good.identity())
        ? REVOKED
        : result;
  }
}
