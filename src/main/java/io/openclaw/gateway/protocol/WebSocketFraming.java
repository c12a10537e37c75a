package io.openclaw.gateway.protocol;

/** Puts a payload into one unmasked final frame, as a server sends it (RFC 6455 §5.2). */
final class WebSocketFraming {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_LENGTH_16 = 0xFFFF;

  private WebSocketFraming() {}

  static byte[] text(byte[] payload) {
    return frame(FINAL_TEXT, payload);
  }

  static byte[] binary(byte[] payload) {
    return frame(FINAL_BINARY, payload);
  }

  private static byte[] frame(int first, byte[] payload) {
    int header = payload.length < LENGTH_16 ? 2 : payload.length <= MAX_LENGTH_16 ? 4 : 10;
    byte[] frame = new byte[header + payload.length];
    frame[0] = (byte) first;
    switch (header) {
      case 2 -> frame[1] = (byte) payload.length;
      case 4 -> length(frame, LENGTH_16, 2, payload.length);
      default -> length(frame, LENGTH_64, 8, payload.length);
    }
    System.arraycopy(payload, 0, frame, header, payload.length);
    return frame;
  }

  private static void length(byte[] frame, int marker, int bytes, long length) {
    frame[1] = (byte) marker;
    for (int i = 0; i < bytes; i++) {
      frame[2 + i] = (byte) (length >>> (8 * (bytes - 1 - i)));
    }
  }
}
