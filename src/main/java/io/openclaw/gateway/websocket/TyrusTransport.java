package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;

/**
 * Writes whole frames to Tyrus' own connection writer (Payara), the same bytes for every receiver.
 *
 * <p>Why: every message that goes through the standard API there schedules a task on the one
 * default scheduler (some 40 µs of CPU), is encoded for each session anew, and the one variant that
 * avoids the task tells nothing about completion. Each message received schedules the same task:
 * the connection gets a scheduler that does nothing, since heartbeats are ours. The writer is
 * Tyrus' public SPI and takes a callback; how to get at it is not public. This class is the only
 * one that knows; if anything about it is not as expected, connections are written to with the
 * standard API, and the log says so once.
 */
final class TyrusTransport extends CompletionHandler<ByteBuffer> implements Transport {
  private static final Logger LOGGER = System.getLogger(TyrusTransport.class.getName());
  private static final NoScheduler NO_SCHEDULER = new NoScheduler();
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final Writer writer;
  private final Session session;
  private final Transport standard;
  private final WireFormat format;

  /** Of the one send that is under way; set by the pump before, read by whoever completes it. */
  private volatile Completion completion = Completion.NONE;

  private TyrusTransport(Session session, Writer writer, WireFormat format, Transport standard) {
    this.session = session;
    this.writer = writer;
    this.format = format;
    this.standard = standard;
  }

  /** The direct way for {@code session}, or {@code standard} if there is none. */
  static Transport of(Session session, WireFormat format, Transport standard) {
    try {
      Object webSocket = Fields.read(session.getBasicRemote(), "webSocket");
      Object protocol = Fields.read(webSocket, "protocolHandler");
      Writer writer = (Writer) Fields.read(protocol, "writer");
      Fields.write(session, "service", NO_SCHEDULER);
      return GrizzlyTransport.of(
          writer, format, new TyrusTransport(session, writer, format, standard));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      if (TOLD.compareAndSet(false, true)) {
        LOGGER.log(
            Level.WARNING,
            "This Tyrus cannot be written to directly: delivery takes the slower standard way",
            e);
      }
      return standard;
    }
  }

  @Override
  public void send(Frame frame, Completion whenDone) {
    completion = whenDone;
    try {
      writer.write(ByteBuffer.wrap(bytes(frame)), this);
    } catch (RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a send failed: the connection is closed", e);
      whenDone.failed();
    }
  }

  private byte[] bytes(Frame frame) {
    return format == WireFormat.JSON ? frame.textFrame() : frame.packedFrame();
  }

  @Override
  public void completed(ByteBuffer written) {
    completion.sent();
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

  /** Tyrus cuts the connection off right behind the close frame, whether it was taken or not. */
  @Override
  public void close(int code, String reason) {
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.DEBUG, "a close failed: the connection is closed", e);
    }
  }
}
