package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.AddressLimits;
import java.util.Optional;

/** Step 2: 429 if more handshakes come from the address than may. */
record PaceStep(AddressLimits limits) implements HandshakeStep {
  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    long wait = limits.handshake(handshake.arrival().address());
    return wait == 0
        ? Optional.empty()
        : Optional.of(Refusal.tooFast("too many connections from this address", wait));
  }
}
