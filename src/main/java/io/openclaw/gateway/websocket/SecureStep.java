package io.openclaw.gateway.websocket;

import java.util.Optional;

/** Step 1: 403 if the client did not speak TLS although it must. */
record SecureStep(boolean required) implements HandshakeStep {
  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    return required && !handshake.arrival().secure()
        ? Optional.of(Refusal.forbidden("TLS is required here: use wss:// or https://"))
        : Optional.empty();
  }
}
