package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Tickets;
import io.openclaw.gateway.websocket.Credentials.Credential;
import java.util.Optional;

/**
 * Step 5: with a token, API key or ticket, 429 if too many were no good that came from the address;
 * 503 if the keys of a token cannot be had now; 401 if it is no good. Without one it is nobody. A
 * ticket is used up by this, even if nothing comes of the handshake.
 */
record SignInStep(Authenticator authenticator, Tickets tickets, AddressLimits limits)
    implements HandshakeStep {
  private static final int RETRY_SECONDS = 5;

  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    return Credentials.of(handshake.request()).flatMap(shown -> signIn(handshake, shown));
  }

  private Optional<Refusal> signIn(Handshake handshake, Credential shown) {
    String address = handshake.arrival().address();
    long wait = limits.signIn(address);
    if (wait > 0) {
      return Optional.of(Refusal.tooFast("too many bad tokens from this address", wait));
    }
    AuthenticationResult result =
        shown.isTicket() ? tickets.redeem(shown.text()) : authenticator.authenticate(shown.text());
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
