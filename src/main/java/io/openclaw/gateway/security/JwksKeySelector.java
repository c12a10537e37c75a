package io.openclaw.gateway.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthReport;
import com.nimbusds.jose.util.health.HealthStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keys of a key set behind a URL. The first use, a key set that became too old and a
 * token with an unknown key let it be fetched, in the thread that asks, within the bounds of {@link
 * JwtKeys.JwksUrl}; others wait for that. Thread-safe.
 */
final class JwksKeySelector implements JWSKeySelector<SecurityContext> {
  private static final Logger LOG = System.getLogger(JwksKeySelector.class.getName());

  private final URI url;
  private final JWSKeySelector<SecurityContext> selector;
  private volatile boolean available;

  JwksKeySelector(JwtKeys.JwksUrl settings) {
    this.url = settings.url();
    this.selector = new JWSVerificationKeySelector<>(algorithms(), source(settings));
  }

  private static Set<JWSAlgorithm> algorithms() {
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512));
    return algorithms;
  }

  private JWKSource<SecurityContext> source(JwtKeys.JwksUrl settings) {
    int timeoutMillis = (int) settings.timeout().toMillis();
    long maxAgeMillis = settings.maxAge().toMillis();
    return JWKSourceBuilder.create(
            toUrl(settings.url()),
            new DefaultResourceRetriever(timeoutMillis, timeoutMillis, settings.maxBytes()))
        .cache(maxAgeMillis, 2L * timeoutMillis)
        .refreshAheadCache(false)
        .rateLimited(settings.minInterval().toMillis())
        .outageTolerant(10 * maxAgeMillis)
        .healthReporting(this::report)
        .build();
  }

  private static java.net.URL toUrl(URI url) {
    try {
      return url.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("a JWKS URL is http://… or https://…", e);
    }
  }

  private void report(HealthReport<?, ?> report) {
    available = report.getHealthStatus() == HealthStatus.HEALTHY;
    if (!available) {
      LOG.log(Level.WARNING, "the keys at {0} cannot be fetched: {1}", url, cause(report));
    }
  }

  private static @Nullable String cause(HealthReport<?, ?> report) {
    Exception failure = report.getException();
    return failure == null ? null : failure.getMessage();
  }

  @Override
  public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context)
      throws KeySourceException {
    try {
      return selector.selectJWSKeys(header, context);
    } catch (RateLimitReachedException e) {
      if (available) {
        return List.of();
      }
      throw e;
    }
  }
}
