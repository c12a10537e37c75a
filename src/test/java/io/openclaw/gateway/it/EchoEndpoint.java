package io.openclaw.gateway.it;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/** Sends every message back: what the Autobahn test suite talks to. */
@ServerEndpoint("/echo")
public class EchoEndpoint {
  private static final int MAX_BYTES = 1 << 20;

  /** Answers a text with itself. */
  @OnMessage(maxMessageSize = MAX_BYTES)
  public String text(String message) {
    return message;
  }

  /** Answers bytes with themselves. */
  @OnMessage(maxMessageSize = MAX_BYTES)
  public ByteBuffer bytes(ByteBuffer message) {
    return message;
  }
}
