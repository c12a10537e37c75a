package io.openclaw.gateway.websocket;

import io.openclaw.gateway.protocol.Frame;
import jakarta.websocket.Session;

/** How the messages of a connection are written, by its subprotocol. */
enum WireFormat {
  /** Text frames with JSON: {@code openclaw.v1.json}, also without a subprotocol. */
  JSON,
  /** Binary frames with MessagePack: {@code openclaw.v1.msgpack}. */
  MESSAGE_PACK;

  static final String JSON_SUBPROTOCOL = "openclaw.v1.json";
  static final String MESSAGE_PACK_SUBPROTOCOL = "openclaw.v1.msgpack";

  /** A complete WebSocket frame with the messages in this format. Nobody changes the bytes. */
  byte[] wholeFrame(Frame frame) {
    return this == JSON ? frame.textFrame() : frame.packedFrame();
  }

  static WireFormat of(Session session) {
    return MESSAGE_PACK_SUBPROTOCOL.equals(session.getNegotiatedSubprotocol())
        ? MESSAGE_PACK
        : JSON;
  }
}
