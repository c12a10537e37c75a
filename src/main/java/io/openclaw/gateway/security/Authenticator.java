package io.openclaw.gateway.security;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.openclaw.gateway.security.AuthenticationResult.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult.Refused;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who shows a credential: an API key, or a JSON Web Token (RFC 7519) that is signed (RFC
 * 7515). A token is accepted if, in this order:
 *
 * <ol>
 *   <li>it is not longer than allowed and is a JWT; its {@code typ}, if it has one, is {@code JWT}
 *       or {@code at+jwt};
 *   <li>its {@code iss}, not believed yet, is that of an issuer known here; if it is none of those
 *       with a name, the one without a name takes it. From here on only this issuer's keys and
 *       rules count: no key of one issuer verifies a token of another, and the {@code iss} of an
 *       unknown one lets nothing be fetched;
 *   <li>its algorithm belongs to the kind of key configured (never {@code none}, never HMAC with a
 *       public key) and to the issuer's {@code algorithms}, and a key verifies its signature;
 *   <li>it has an {@code exp} that is not past, and no {@code nbf} to come, give or take the skew;
 *   <li>its {@code aud} is one of those configured, where some are;
 *   <li>the user claim names somebody;
 *   <li>it has not been revoked.
 * </ol>
 *
 * Neither tokens nor keys are logged or quoted. <em>Thread-safe.</em> Blocks only where keys are
 * fetched, as {@link RemoteKeySet} says; tokens of other issuers do not wait for that.
 */
public final class Authenticator {
  static final Refused NOT_A_JWT = new Refused("the token is not a JWT", false);

  private static final Logger LOG = System.getLogger(Authenticator.class.getName());
  private static final Refused UNKNOWN_ISSUER =
      new Refused("the token is not from an issuer accepted here", false);

  private static final Refused REVOKED = new Refused("the token has been revoked", false);

  private final JwtSettings settings;
  private final Revocations revocations;
  private final Clock clock;
  private final BoundedHttp http = new BoundedHttp();
  private volatile Known known;

  /** Believes the issuer of the settings alone, and nothing is revoked, ever. */
  public Authenticator(JwtSettings settings, Clock clock) {
    this(settings, Trust.NOBODY, clock);
  }

  /** Believes the issuer of the settings, and {@code trust}; nothing is revoked, ever. */
  public Authenticator(JwtSettings settings, Trust trust, Clock clock) {
    this(settings, trust, new Revocations(RevocationSettings.DEFAULT, clock), clock);
  }

  /** Believes the issuer of the settings, and {@code trust}. */
  public Authenticator(JwtSettings settings, Trust trust, Revocations revocations, Clock clock) {
    this.settings = settings;
    this.revocations = revocations;
    this.clock = clock;
    this.known = known(trust, Map.of());
    if (known.verifiers().isEmpty() && trust.apiKeys().isEmpty()) {
      LOG.log(Level.WARNING, "nobody can sign in: no issuer and no API key is configured");
    }
  }

  /** Who is believed now. */
  private record Known(Trust trust, Map<String, TokenVerifier> verifiers, ApiKeys apiKeys) {}

  /** Issuers whose settings are the same keep their verifiers, and so the keys fetched. */
  private Known known(Trust trust, Map<String, TokenVerifier> before) {
    Map<String, TokenVerifier> verifiers = new HashMap<>();
    if (!(settings.issuer().keys() instanceof JwtKeys.None)) {
      verifiers.put(settings.issuer().name(), verifier(settings.issuer(), before));
    }
    for (JwtIssuer issuer : trust.issuers()) {
      verifiers.put(issuer.name(), verifier(issuer, before));
    }
    return new Known(trust, Map.copyOf(verifiers), new ApiKeys(trust.apiKeys(), clock));
  }

  private TokenVerifier verifier(JwtIssuer issuer, Map<String, TokenVerifier> before) {
    TokenVerifier same = before.get(issuer.name());
    return same != null && same.issuer().equals(issuer)
        ? same
        : new TokenVerifier(issuer, http, clock);
  }

  /**
   * From now on {@code trust} is believed, and nobody else but the issuer of the settings.
   *
   * @return whether that changes anything: whoever is there must be {@linkplain #vouchFor asked
   *     about} again
   */
  public synchronized boolean believe(Trust trust) {
    if (trust.equals(known.trust())) {
      return false;
    }
    known = known(trust, known.verifiers());
    return true;
  }

  /**
   * Whether there still is the issuer that {@code identity} is of, or exactly the API key that it
   * showed. Looks neither at the end of tokens and keys nor at revocations. Anonymous needs nobody.
   */
  public boolean vouchFor(Identity identity) {
    Known now = known;
    if (identity.isAnonymous()) {
      return true;
    }
    return identity.issuer().equals(Identity.API_KEYS)
        ? now.apiKeys().vouchFor(identity)
        : now.verifiers().containsKey(identity.issuer());
  }

  /** Checks a token or key. Whatever is wrong with it is a result, never an exception. */
  public AuthenticationResult authenticate(String credential) {
    if (credential.length() > settings.maxTokenChars()) {
      return new Refused(
          "the token is longer than " + settings.maxTokenChars() + " characters", false);
    }
    if (ApiKeys.isKey(credential)) {
      return unlessRevoked(known.apiKeys().authenticate(credential));
    }
    try {
      return unlessRevoked(authenticate(JWTParser.parse(credential)));
    } catch (ParseException e) {
      return NOT_A_JWT;
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

  private AuthenticationResult authenticate(JWT token) throws ParseException {
    TokenVerifier verifier = verifierFor(token.getJWTClaimsSet());
    return verifier == null ? UNKNOWN_ISSUER : verifier.verify(token);
  }

  private @Nullable TokenVerifier verifierFor(@Nullable JWTClaimsSet unverified) {
    Map<String, TokenVerifier> verifiers = known.verifiers();
    String issuer = unverified == null ? null : unverified.getIssuer();
    TokenVerifier named = issuer == null ? null : verifiers.get(issuer);
    return named != null ? named : verifiers.get(JwtIssuer.NOBODY.name());
  }
}
