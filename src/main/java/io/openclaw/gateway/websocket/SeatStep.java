package io.openclaw.gateway.websocket;

import io.openclaw.gateway.session.Sessions;
import java.util.Optional;

/** Step 6: 429 if the user or the address has too many sessions. */
record SeatStep(Sessions sessions) implements HandshakeStep {
  private static final int RETRY_SECONDS = 10;

  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    return sessions
        .objection(handshake.caller())
        .map(reason -> new Refusal(Refusal.TOO_MANY_REQUESTS, reason, RETRY_SECONDS));
  }
}
