package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** Writes with nothing but the standard API: works on every server. */
final class StandardTransport implements Transport {
  private static final Logger LOGGER = System.getLogger(StandardTransport.class.getName());
  private static final long CLOSE_LIMIT_MILLIS = 5_000;
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final WireFormat format;

  StandardTransport(Session session, WireFormat format) {
    this.session = session;
    this.format = format;
    this.remote = session.getAsyncRemote();
  }

  @Override
  public void send(Frame frame, Completion completion) {
    SendHandler handler = result -> tell(completion, result);
    try {
      if (format == WireFormat.JSON) {
        remote.sendText(frame.text(), handler);
      } else {
        remote.sendBinary(ByteBuffer.wrap(frame.packed()), handler);
      }
    } catch (RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a send failed: the connection is closed", e);
      completion.failed();
    }
  }

  private static void tell(Completion completion, SendResult result) {
    if (result.isOK()) {
      completion.sent();
    } else {
      completion.failed();
    }
  }

  @Override
  public void ping() {
    try {
      remote.sendPing(NO_BYTES.duplicate());
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a ping failed: the connection is closed", e);
    }
  }

  /** A peer that reads nothing does not take the close frame either: idle, it is cut off. */
  @Override
  public void close(int code, String reason) {
    try {
      session.setMaxIdleTimeout(CLOSE_LIMIT_MILLIS);
      session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a close failed: the connection is closed", e);
    }
  }
}
