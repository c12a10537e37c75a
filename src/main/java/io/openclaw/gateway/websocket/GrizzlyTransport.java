package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.AsyncQueueWriter;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;

/**
 * Writes whole frames to the queue of the connection itself (Payara), the same bytes for every
 * receiver.
 *
 * <p>Why: the standard API encodes a text for each session anew, and between it and that queue are
 * the servlet's output stream, its buffers and the chain of filters for HTTP, which have nothing to
 * do any more once a connection is upgraded; and it tells that a frame is sent when it has taken
 * it. The queue keeps frames whole and in order, whoever else writes, and tells when the socket has
 * them.
 *
 * <p>Besides, Tyrus schedules a task on the one default scheduler for each message sent or received
 * (some 40 µs of CPU): the session gets a scheduler that does nothing, since heartbeats are ours.
 * And it keeps the pongs that a client does not read for as long as the client sends pings: its
 * queue is bounded here.
 *
 * <p>How to get at all this is not public. This class is the only one that knows; if anything about
 * it is not as expected, the standard API is used, and the log says so once. So it is for
 * connections with TLS, whose filter does have something to do.
 */
final class GrizzlyTransport
    implements Transport, CompletionHandler<WriteResult<WritableMessage, SocketAddress>> {
  private static final Logger LOGGER = System.getLogger(GrizzlyTransport.class.getName());
  private static final NoScheduler NO_SCHEDULER = new NoScheduler();
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final TCPNIOConnection connection;
  private final AsyncQueueWriter<SocketAddress> writer;
  private final WireFormat format;
  private final Transport standard;

  /** Of the one send that is under way; set by the pump before, read by whoever completes it. */
  private volatile Completion completion = Completion.NONE;

  private GrizzlyTransport(
      TCPNIOConnection connection,
      AsyncQueueWriter<SocketAddress> writer,
      WireFormat format,
      Transport standard) {
    this.connection = connection;
    this.writer = writer;
    this.format = format;
    this.standard = standard;
  }

  /** The direct way for {@code session}, or {@code standard} if there is none. */
  static Transport of(Session session, WireFormat format, Transport standard) {
    try {
      Object webSocket = Fields.read(session.getBasicRemote(), "webSocket");
      Object protocol = Fields.read(webSocket, "protocolHandler");
      Fields.write(session, "service", NO_SCHEDULER);
      Object tyrusWriter = Fields.read(protocol, "writer");
      TCPNIOConnection connection = connection(tyrusWriter);
      Fields.write(tyrusWriter, "queue", new UnreadFrames(connection::terminateSilently));
      return of(connection, format, standard);
    } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
      if (TOLD.compareAndSet(false, true)) {
        LOGGER.log(
            Level.WARNING,
            "This Payara cannot be written to directly: delivery takes the slower standard way",
            e);
      }
      return standard;
    }
  }

  private static TCPNIOConnection connection(Object tyrusWriter)
      throws ReflectiveOperationException, IOException {
    Object proxy = Fields.read(tyrusWriter, "tyrusHttpUpgradeHandler");
    Object upgraded = Fields.read(proxy, "handler");
    WebConnection servletConnection = (WebConnection) Fields.read(upgraded, "wc");
    Object catalinaBuffer = Fields.read(servletConnection.getOutputStream(), "ob");
    Object grizzlyBuffer = Fields.read(catalinaBuffer, "grizzlyOutputBuffer");
    return (TCPNIOConnection) Fields.read(grizzlyBuffer, "connection");
  }

  private static Transport of(TCPNIOConnection connection, WireFormat format, Transport standard) {
    boolean plain =
        connection.getProcessor() instanceof FilterChain chain
            && chain.indexOfType(SSLBaseFilter.class) < 0;
    TCPNIOTransport transport = (TCPNIOTransport) connection.getTransport();
    return plain
        ? new GrizzlyTransport(
            connection, transport.getAsyncQueueIO().getWriter(), format, standard)
        : new ClosingTransport(standard, connection);
  }

  @Override
  public void send(Frame frame, Completion whenDone) {
    completion = whenDone;
    byte[] bytes = format.wholeFrame(frame);
    try {
      writer.write(connection, Buffers.wrap(connection.getMemoryManager(), bytes), this);
    } catch (RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a send failed: the connection is closed", e);
      whenDone.failed();
    }
  }

  @Override
  public void completed(WriteResult<WritableMessage, SocketAddress> result) {
    completion.sent();
  }

  @Override
  public void updated(WriteResult<WritableMessage, SocketAddress> result) {
    // A part was taken.
  }

  @Override
  public void failed(Throwable cause) {
    LOGGER.log(Level.DEBUG, "a send failed: the connection is closed", cause);
    completion.failed();
  }

  @Override
  public void cancelled() {
    completion.failed();
  }

  @Override
  public void ping() {
    standard.ping();
  }

  /**
   * To a client that does not read, the close frame would wait for good, and with it the socket.
   */
  @Override
  public void close(int code, String reason) {
    standard.close(code, reason);
    if (!connection.getAsyncWriteQueue().isEmpty()) {
      connection.terminateSilently();
    }
  }
}
