package io.openclaw.gateway.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them (RFC 6455 §5.3); masked with zeros, so the payload stays as is. */
public final class ClientFrames {
  public static final int TEXT = 1;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;

  private ClientFrames() {}

  public static byte[] text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** One final frame; at most 65,535 bytes of payload. */
  public static byte[] frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(headerBytes(payload.length) + payload.length);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      throw new IllegalArgumentException("too large: " + payload.length);
    }
    return frame.putInt(0).put(payload).array();
  }

  private static int headerBytes(int length) {
    return (length < 126 ? 2 : 4) + MASK_BYTES;
  }
}
