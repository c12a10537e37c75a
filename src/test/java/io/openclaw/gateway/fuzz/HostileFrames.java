package io.openclaw.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * WebSocket frames (RFC 6455 §5.2) as a client sends them, and as none should. <i>Confined to one
 * thread.</i>
 */
public final class HostileFrames {
  private static final int FIN = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MASKED = 0x80;

  private final Random random;
  private final boolean packed;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int frames;

  /**
   * @param packed whether the connection speaks MessagePack
   */
  public HostileFrames(Random random, boolean packed) {
    this.random = random;
    this.packed = packed;
  }

  /** How many frames there were so far. */
  public int count() {
    return frames;
  }

  /** Some frames; most of them can be read, so that what comes behind them is looked at, too. */
  public byte[] next() throws IOException {
    out.reset();
    switch (random.nextInt(100)) {
      case 0 -> frame(FIN | 0x40 | TEXT, message());
      case 1 -> frame(FIN | 3 + random.nextInt(5), message());
      case 2 -> frame(FIN | 11 + random.nextInt(5), new byte[5]);
      case 3 -> frame(PING, new byte[1]);
      case 4 -> frame(FIN | PING, new byte[126 + random.nextInt(1000)]);
      case 5 -> frame(FIN, message());
      case 6 -> invalidText();
      case 7 -> unmasked();
      case 8 -> declared();
      case 9 -> close();
      case 10 -> frame(FIN | (packed ? TEXT : BINARY), message());
      case 11 -> interleaved();
      case 12 -> frame(FIN | kind(), new byte[70_000]);
      case 13, 14, 15 -> frame(FIN | kind(), new byte[0]);
      case 16, 17, 18, 19 -> frame(FIN | PING, bytes(random.nextInt(126)));
      case 20, 21 -> frame(FIN | PONG, bytes(random.nextInt(126)));
      default -> {
        if (random.nextInt(5) == 0) {
          fragments();
        } else {
          frame(FIN | kind(), message());
        }
      }
    }
    return out.toByteArray();
  }

  private int kind() {
    return packed ? BINARY : TEXT;
  }

  private byte[] message() throws IOException {
    return packed
        ? HostilePack.frame(random)
        : HostileCommand.frame(random).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void invalidText() {
    byte[] text = "{\"op\":\"ping\",\"x\":\"????\"}".getBytes(StandardCharsets.US_ASCII);
    text[17] = (byte) (0x80 + random.nextInt(0x80));
    frame(FIN | TEXT, text);
  }

  private void unmasked() throws IOException {
    out.write(FIN | kind());
    out.write(5);
    out.writeBytes(bytes(5));
    frames++;
  }

  /** A length that is longer than need be, negative, or more than ever comes. */
  private void declared() {
    long[] lengths = {5, 127, Long.MIN_VALUE, Long.MAX_VALUE, -1, 1L << 30, 1L << 31};
    long length = lengths[random.nextInt(lengths.length)];
    out.write(FIN | kind());
    out.write(MASKED | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (length >>> shift));
    }
    out.writeBytes(bytes(4 + random.nextInt(200)));
    frames++;
  }

  private void close() {
    byte[] reason = bytes(random.nextInt(126));
    if (reason.length > 1 && random.nextBoolean()) {
      reason[0] = (byte) (random.nextInt(10) >> 1);
    }
    frame(FIN | CLOSE, reason);
  }

  /** A message within another. */
  private void interleaved() throws IOException {
    frame(kind(), message());
    frame(FIN | kind(), message());
  }

  /** A message in frames, with control frames between them; now and then its end is missing. */
  private void fragments() throws IOException {
    byte[] message = message();
    int at = 0;
    for (int i = random.nextInt(5); i > 0 && at < message.length; i--) {
      int end = at + random.nextInt(message.length - at);
      frame(at == 0 && out.size() == 0 ? kind() : 0, slice(message, at, end));
      at = end;
      if (random.nextInt(3) == 0) {
        frame(FIN | PING, bytes(random.nextInt(20)));
      }
    }
    boolean begun = out.size() > 0;
    if (random.nextInt(20) > 0) {
      frame(FIN | (begun ? 0 : kind()), slice(message, at, message.length));
    }
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return java.util.Arrays.copyOfRange(bytes, from, to);
  }

  /** Masked with a key. */
  private void frame(int first, byte[] payload) {
    out.write(first);
    if (payload.length < 126) {
      out.write(MASKED | payload.length);
    } else if (payload.length <= 0xFFFF) {
      out.write(MASKED | 126);
      out.write(payload.length >>> 8);
      out.write(payload.length);
    } else {
      out.write(MASKED | 127);
      out.writeBytes(new byte[4]);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(payload.length >>> shift);
      }
    }
    byte[] key = bytes(4);
    out.writeBytes(key);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ key[i % 4]);
    }
    frames++;
  }
}
