package io.openclaw.gateway.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;
import org.jspecify.annotations.Nullable;

/**
 * Has one endpoint bean serve all connections: the container would otherwise make an instance for
 * each under a global lock. Origins were checked by the {@link HandshakeFilter}, where the answer
 * is the same on every server.
 */
public class SharedEndpoint extends ServerEndpointConfig.Configurator {
  private volatile @Nullable Object endpoint;

  /** Looked up once: for each connection it would cost as much as reading the token. */
  @Override
  public <T> T getEndpointInstance(Class<T> type) {
    Object known = endpoint;
    if (!type.isInstance(known)) {
      known = CDI.current().select(type).get();
      endpoint = known;
    }
    return type.cast(known);
  }

  @Override
  public boolean checkOrigin(String originHeaderValue) {
    return true;
  }
}
