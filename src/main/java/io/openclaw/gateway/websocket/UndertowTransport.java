package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import io.undertow.websockets.core.WebSocketChannel;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Writes whole frames below Undertow's WebSocket channel (WildFly), the same bytes for every
 * receiver, in the calling thread.
 *
 * <p>Why: a message that another thread sends with the standard API becomes a task of the
 * connection's I/O thread, and its completion one of the pump: two changes of threads for each
 * delivery, and an encoding for each session. What the socket does not take at once is written by
 * the I/O thread when it can be.
 *
 * <p>Undertow itself writes only while it holds the channel's monitor (pongs, close frames), so
 * whoever holds it has the socket for itself. A frame that was begun is finished before any other
 * is: see {@link Sink}. How to get at the connection is not public. This class is the only one that
 * knows; if anything about it is not as expected, connections are written to with the standard API,
 * and the log says so once. So are connections with TLS or an extension, which change the bytes.
 */
final class UndertowTransport implements Transport {
  private static final Logger LOGGER = System.getLogger(UndertowTransport.class.getName());
  private static final String PLAIN_SOCKET = "org.xnio.nio.NioSocketStreamConnection";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final Sink sink;
  private final WireFormat format;
  private final Transport standard;

  private UndertowTransport(Sink sink, WireFormat format, Transport standard) {
    this.sink = sink;
    this.format = format;
    this.standard = standard;
  }

  /** The direct way for {@code session}, or {@code standard} if there is none. */
  static Transport of(Session session, WireFormat format, Transport standard) {
    try {
      WebSocketChannel channel = channel(session);
      StreamConnection connection = connection(channel);
      boolean plain =
          connection.getClass().getName().equals(PLAIN_SOCKET) && !channel.areExtensionsSupported();
      Transport cut = new UndertowCut(standard, channel, connection);
      return plain ? new UndertowTransport(Sink.below(channel, connection), format, cut) : cut;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      if (TOLD.compareAndSet(false, true)) {
        LOGGER.log(
            Level.WARNING,
            "This Undertow cannot be written to directly: delivery takes the slower standard way",
            e);
      }
      return standard;
    }
  }

  private static WebSocketChannel channel(Session session) throws ReflectiveOperationException {
    return (WebSocketChannel) session.getClass().getMethod("getWebSocketChannel").invoke(session);
  }

  private static StreamConnection connection(WebSocketChannel channel)
      throws ReflectiveOperationException {
    return (StreamConnection) Fields.read(channel, "channel");
  }

  @Override
  public void send(Frame frame, Completion completion) {
    try {
      if (sink.send(ByteBuffer.wrap(format.wholeFrame(frame)), completion)) {
        completion.sent();
      }
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a send failed: the connection is closed", e);
      completion.failed();
    }
  }

  @Override
  public void ping() {
    standard.ping();
  }

  @Override
  public void close(int code, String reason) {
    standard.close(code, reason);
  }

  /**
   * The lowest place that all bytes of a connection pass. One frame of ours and one write of
   * Undertow's may be unfinished; whichever was begun first is finished first. <em>Guarded by the
   * monitor that Undertow holds when it writes.</em>
   */
  static final class Sink extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final Object monitor;
    private final BooleanSupplier hasSentClose;
    private @Nullable ByteBuffer frame;
    private Completion completion = Completion.NONE;
    private boolean otherUnfinished;

    Sink(StreamSinkConduit next, Object monitor, BooleanSupplier hasSentClose) {
      super(next);
      this.monitor = monitor;
      this.hasSentClose = hasSentClose;
    }

    static Sink below(WebSocketChannel channel, StreamConnection connection) {
      synchronized (channel) {
        ConduitStreamSinkChannel output = connection.getSinkChannel();
        Sink sink = new Sink(output.getConduit(), channel, channel::isCloseFrameSent);
        output.setConduit(sink);
        return sink;
      }
    }

    /** Whether all was written; otherwise the completion is told later. Never blocks. */
    boolean send(ByteBuffer whole, Completion whenDone) throws IOException {
      synchronized (monitor) {
        if (hasSentClose.getAsBoolean()) {
          throw new IOException("a close frame was sent");
        }
        if (!otherUnfinished) {
          next.write(whole);
        }
        if (!whole.hasRemaining()) {
          return true;
        }
        frame = whole;
        completion = whenDone;
        resumeWrites();
        return false;
      }
    }

    @Override
    public int write(ByteBuffer other) throws IOException {
      synchronized (monitor) {
        if (!mayOthersWrite()) {
          return 0;
        }
        int written = next.write(other);
        otherUnfinished = other.hasRemaining() && (written > 0 || otherUnfinished);
        return written;
      }
    }

    @Override
    public long write(ByteBuffer[] others, int offset, int length) throws IOException {
      synchronized (monitor) {
        if (!mayOthersWrite()) {
          return 0;
        }
        long written = next.write(others, offset, length);
        boolean left = Buffers.hasRemaining(others, offset, length);
        otherUnfinished = left && (written > 0 || otherUnfinished);
        return written;
      }
    }

    @Override
    public int writeFinal(ByteBuffer other) throws IOException {
      return Conduits.writeFinalBasic(this, other);
    }

    @Override
    public long writeFinal(ByteBuffer[] others, int offset, int length) throws IOException {
      return Conduits.writeFinalBasic(this, others, offset, length);
    }

    /** Called by the I/O thread whenever the socket takes something again. */
    @Override
    public boolean flush() throws IOException {
      synchronized (monitor) {
        return mayOthersWrite() && next.flush();
      }
    }

    private boolean mayOthersWrite() throws IOException {
      return otherUnfinished || finishFrame();
    }

    /** Writes what is left of our frame; whether nothing is. */
    private boolean finishFrame() throws IOException {
      if (frame == null) {
        return true;
      }
      next.write(frame);
      if (frame.hasRemaining()) {
        return false;
      }
      frame = null;
      completion.sent();
      return true;
    }
  }
}
