package io.openclaw.gateway.websocket;

import java.util.Optional;

/** One of the questions that a handshake is asked, in order. */
interface HandshakeStep {
  /** Why the handshake goes no further; empty if it may. */
  Optional<Refusal> objection(Handshake handshake);
}
