package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Arrival;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.OriginPolicy.Verdict;
import java.util.Optional;

/**
 * Step 3: 403 if a page of an origin that is not allowed asks, or if the token is in a cookie and
 * no origin vouches for it: a browser sends cookies along whoever asks.
 *
 * @param cookieWithoutOrigin whether a cookie is good without an {@code Origin}
 */
record OriginStep(OriginPolicy origins, boolean cookieWithoutOrigin) implements HandshakeStep {
  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    Arrival arrival = handshake.arrival();
    String origin = handshake.request().getHeader("Origin");
    Verdict verdict = origins.judge(origin, arrival.host(), arrival.secure());
    if (verdict == Verdict.REFUSED) {
      return Optional.of(Refusal.forbidden("this origin is not allowed"));
    }
    return Credentials.areOnlyACookie(handshake.request()) && !vouchesForCookies(verdict)
        ? Optional.of(
            Refusal.forbidden("a cookie is no credential without an origin allowed by name"))
        : Optional.empty();
  }

  private boolean vouchesForCookies(Verdict verdict) {
    return verdict == Verdict.BY_NAME || (verdict == Verdict.NO_BROWSER && cookieWithoutOrigin);
  }
}
