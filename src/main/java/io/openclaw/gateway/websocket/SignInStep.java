package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import java.util.Optional;

/**
 * Step 5: with a token, 429 if too many were no good that came from the address; 503 if its keys
 * cannot be had now; 401 if it is no good. Without one it is nobody.
 */
record SignInStep(Authenticator authenticator, AddressLimits limits) implements HandshakeStep {
  private static final int RETRY_SECONDS = 5;

  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    return Credentials.token(handshake.request()).flatMap(token -> signIn(handshake, token));
  }

  private Optional<Refusal> signIn(Handshake handshake, String token) {
    String address = handshake.arrival().address();
    long wait = limits.signIn(address);
    if (wait > 0) {
      return Optional.of(Refusal.tooFast("too many bad tokens from this address", wait));
    }
    AuthenticationResult result = authenticator.authenticate(token);
    if (result instanceof AuthenticationResult.Authenticated authenticated) {
      handshake.identify(authenticated.identity());
      return Optional.empty();
    }
    AuthenticationResult.Refused refused = (AuthenticationResult.Refused) result;
    if (refused.retry()) {
      return Optional.of(Refusal.unavailable(refused.reason(), RETRY_SECONDS));
    }
    limits.signInFailed(address);
    return Optional.of(Refusal.unauthorized(refused.reason()));
  }
}
