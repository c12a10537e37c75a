package io.openclaw.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of one text frame, shared by every session that sends the same: its text, and the
 * frame as it goes over the wire, each made at most once for all. The wire form may be made by two
 * threads at the same time; both make the same.
 */
public final class TextFrame {
  private static final int FIN_AND_TEXT = 0x81;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_LENGTH_7 = 125;
  private static final int MAX_LENGTH_16 = 0xFFFF;

  private final String text;
  private byte @Nullable [] wire;

  private TextFrame(String text) {
    this.text = text;
  }

  /** A frame with {@code messages}, at least one: the object itself, or an array of all. */
  public static TextFrame of(List<Outgoing> messages) {
    if (messages.size() == 1) {
      return new TextFrame(messages.get(0).json());
    }
    int chars = messages.size() + 1;
    for (Outgoing message : messages) {
      chars += message.bytes();
    }
    StringBuilder joined = new StringBuilder(chars);
    char separator = '[';
    for (Outgoing message : messages) {
      joined.append(separator).append(message.json());
      separator = ',';
    }
    return new TextFrame(joined.append(']').toString());
  }

  /** One JSON object, or an array of them. */
  public String text() {
    return text;
  }

  /**
   * A complete unmasked WebSocket frame with the text in UTF-8 (RFC 6455 §5.2), for connections
   * that can be written to directly. Nobody changes the bytes.
   */
  public byte[] wire() {
    byte[] known = wire;
    if (known == null) {
      known = frame(text.getBytes(StandardCharsets.UTF_8));
      wire = known;
    }
    return known;
  }

  private static byte[] frame(byte[] payload) {
    int header = payload.length <= MAX_LENGTH_7 ? 2 : payload.length <= MAX_LENGTH_16 ? 4 : 10;
    byte[] frame = new byte[header + payload.length];
    frame[0] = (byte) FIN_AND_TEXT;
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
