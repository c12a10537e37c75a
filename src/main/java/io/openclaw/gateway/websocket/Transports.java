package io.openclaw.gateway.websocket;

import io.openclaw.gateway.session.Transport;
import jakarta.websocket.Session;

/**
 * Chooses how to write to a connection: directly where the container is known and lets us, else
 * with the standard API. {@code -Dopenclaw.websocket.transport=standard} forces the latter.
 */
final class Transports {
  private static final String TYRUS = "org.glassfish.tyrus.core.TyrusSession";
  private static final boolean DIRECT =
      !"standard".equals(System.getProperty("openclaw.websocket.transport"));

  private Transports() {}

  static Transport of(Session session) {
    WireFormat format = WireFormat.of(session);
    StandardTransport standard = new StandardTransport(session, format);
    if (DIRECT && session.getClass().getName().equals(TYRUS)) {
      return TyrusTransport.of(session, format, standard);
    }
    return standard;
  }
}
