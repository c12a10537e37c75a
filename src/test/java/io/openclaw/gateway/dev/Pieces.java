package io.openclaw.gateway.dev;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was started, to be closed in the opposite order. A piece that is added when all has been
 * closed is closed at once, so that an end in the middle of a start leaves nothing behind.
 * <i>Thread-safe.</i>
 */
final class Pieces implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Pieces.class.getName());

  private final Deque<AutoCloseable> pieces = new ArrayDeque<>();
  private boolean closed;

  /** Takes a piece and gives it back. */
  <T extends AutoCloseable> T add(T piece) {
    synchronized (this) {
      if (!closed) {
        pieces.push(piece);
        return piece;
      }
    }
    close(piece);
    return piece;
  }

  /** Whether {@link #close()} was called. */
  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    for (AutoCloseable piece = next(); piece != null; piece = next()) {
      close(piece);
    }
  }

  private synchronized @Nullable AutoCloseable next() {
    closed = true;
    return pieces.poll();
  }

  private static void close(AutoCloseable piece) {
    try {
      piece.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "could not close " + piece, e);
    }
  }
}
