package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.Transport;
import io.undertow.websockets.core.WebSocketChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Ends connections of Undertow, which waits for the client's close frame for as long as it takes,
 * and reads whatever comes before it: a client that was told to go could flood on.
 *
 * <ol>
 *   <li>The close frame is sent.
 *   <li>From a client that sent too much, or nothing that could be read, nothing more is read: soon
 *       it cannot send any more.
 *   <li>A while later the socket is closed, whatever the client did. Not at once: what it has not
 *       read by then, the goodbye too, might be lost to it.
 * </ol>
 *
 * @param inner writes; sends the close frame
 */
record UndertowCut(Transport inner, WebSocketChannel channel, StreamConnection connection)
    implements Transport {
  private static final int GRACE_MILLIS = 1_000;
  private static final Set<Integer> UNREAD =
      Set.of(
          DisconnectReason.RATE.code(),
          DisconnectReason.BAD_PROTOCOL.code(),
          DisconnectReason.TOO_LARGE.code());

  @Override
  public void send(Frame frame, Completion completion) {
    inner.send(frame, completion);
  }

  @Override
  public void ping() {
    inner.ping();
  }

  @Override
  public void close(int code, String reason) {
    inner.close(code, reason);
    if (UNREAD.contains(code)) {
      channel.getIoThread().execute(this::readNoMore);
    }
    channel
        .getIoThread()
        .executeAfter(() -> IoUtils.safeClose(connection), GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void readNoMore() {
    channel.suspendReceives();
    connection.getSourceChannel().suspendReads();
  }
}
