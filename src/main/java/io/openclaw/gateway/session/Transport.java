package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;

/**
 * One connection, as seen by its session. The WebSocket endpoint implements it. No method blocks; a
 * connection that is gone is told by the completion or by the end of the session, never thrown.
 */
public interface Transport {
  /** Told once for each send, by any thread, also before {@link #send} returns. */
  interface Completion {
    /** Nobody waits for it. */
    Completion NONE =
        new Completion() {
          @Override
          public void sent() {}

          @Override
          public void failed() {}
        };

    /** The text is with the operating system, or as good as; the next one may be sent. */
    void sent();

    /** It could not be sent; the connection is of no use any more. */
    void failed();
  }

  /** Starts sending one frame; the next one is sent only after the completion was told. */
  void send(Frame frame, Completion completion);

  /** Starts sending a WebSocket ping frame (RFC 6455 §5.5.2). */
  void ping();

  /**
   * Starts the closing handshake.
   *
   * @param code close code
   * @param reason at most 123 bytes in UTF-8
   */
  void close(int code, String reason);
}
