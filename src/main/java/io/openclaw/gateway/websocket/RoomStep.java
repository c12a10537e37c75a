package io.openclaw.gateway.websocket;

import io.openclaw.gateway.security.Admission;
import io.openclaw.gateway.session.Sessions;
import java.util.Optional;

/** Step 4: 503 if the node is full, draining, or has it too hard already. */
record RoomStep(Sessions sessions, Admission admission) implements HandshakeStep {
  @Override
  public Optional<Refusal> objection(Handshake handshake) {
    return sessions.isFull() || admission.obstacle().isPresent()
        ? Optional.of(
            Refusal.unavailable("no room; try again later", admission.retryAfterSeconds()))
        : Optional.empty();
  }
}
