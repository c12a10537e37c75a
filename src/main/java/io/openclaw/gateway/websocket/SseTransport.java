package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.session.Transport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes server-sent events with the non-blocking output of the Servlet API. The client never
 * answers, so whatever it takes counts as a sign of life.
 *
 * <p>Guarded by itself; the completion is told outside the lock.
 */
final class SseTransport implements Transport, WriteListener {
  private static final Logger LOGGER = System.getLogger(SseTransport.class.getName());

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final String epoch;
  private volatile Runnable signOfLife = () -> {};
  private boolean open;
  private boolean unflushed;
  private byte @Nullable [] pending;
  private @Nullable Completion completion;

  /**
   * @param epoch of the log, for the events' ids
   */
  SseTransport(AsyncContext context, ServletOutputStream out, String epoch) {
    this.context = context;
    this.out = out;
    this.epoch = epoch;
  }

  /** Has {@code heard} called whenever the client has taken something. */
  void onSignOfLife(Runnable heard) {
    signOfLife = heard;
  }

  @Override
  public void send(Frame frame, Completion whenDone) {
    byte[] bytes = frame.events(epoch);
    synchronized (this) {
      pending = bytes;
      completion = whenDone;
    }
    proceed();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      open = true;
    }
    proceed();
  }

  private void proceed() {
    Completion done;
    try {
      done = write();
    } catch (IOException | RuntimeException e) {
      onError(e);
      return;
    }
    if (done != null) {
      signOfLife.run();
      done.sent();
    }
  }

  /** Writes as far as the connection takes it; returns whom to tell if everything is out. */
  private synchronized @Nullable Completion write() throws IOException {
    while (open && out.isReady()) {
      if (pending != null) {
        out.write(pending);
        pending = null;
        unflushed = true;
      } else if (unflushed) {
        out.flush();
        unflushed = false;
      } else {
        Completion done = completion;
        completion = null;
        return done;
      }
    }
    return null;
  }

  @Override
  public void onError(Throwable cause) {
    LOGGER.log(Level.DEBUG, "an event stream failed: the connection is closed", cause);
    Completion failed;
    synchronized (this) {
      open = false;
      failed = completion;
      completion = null;
    }
    if (failed != null) {
      failed.failed();
    }
  }

  @Override
  public void ping() {
    // The ping message of the protocol does what is needed: it is written, or it fails.
  }

  @Override
  public void close(int code, String reason) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOGGER.log(Level.DEBUG, "an event stream was closed before", e);
    }
  }
}
