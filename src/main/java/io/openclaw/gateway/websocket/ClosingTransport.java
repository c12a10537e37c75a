package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;

/**
 * Writes with the standard API on Payara, where that does not end the connection of a client that
 * reads nothing: the close frame would wait for good, and Tyrus' idle timeout is not scheduled.
 */
final class ClosingTransport implements Transport {
  private final Transport standard;
  private final TCPNIOConnection connection;

  ClosingTransport(Transport standard, TCPNIOConnection connection) {
    this.standard = standard;
    this.connection = connection;
  }

  @Override
  public void send(Frame frame, Completion completion) {
    standard.send(frame, completion);
  }

  @Override
  public void ping() {
    standard.ping();
  }

  @Override
  public void close(int code, String reason) {
    standard.close(code, reason);
    if (!connection.getAsyncWriteQueue().isEmpty()) {
      connection.terminateSilently();
    }
  }
}
