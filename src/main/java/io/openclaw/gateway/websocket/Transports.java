package io.openclaw.gateway.websocket;

import io.openclaw.gateway.session.Transport;
import jakarta.websocket.Session;

/**
 * Chooses how to write to a connection: directly where the container is known and lets us, else
 * with the standard API. {@code -Dopenclaw.websocket.transport=standard} forces the latter.
 */
final class Transports {
  private static final String TYRUS = "org.glassfish.tyrus.core.TyrusSession";
  private static final String UNDERTOW = "io.undertow.websockets.jsr.UndertowSession";
  private static final boolean DIRECT =
      !"standard".equals(System.getProperty("openclaw.websocket.transport"));

  private Transports() {}

  static Transport of(Session session) {
    WireFormat format = WireFormat.of(session);
    StandardTransport standard = new StandardTransport(session, format);
    return switch (DIRECT ? session.getClass().getName() : "") {
      case TYRUS -> GrizzlyTransport.of(session, format, standard);
      case UNDERTOW -> UndertowTransport.of(session, format, standard);
      default -> standard;
    };
  }
}
