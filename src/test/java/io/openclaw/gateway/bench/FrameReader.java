package io.openclaw.gateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Takes WebSocket frames (RFC 6455 §5.2) of a server apart, whatever the pieces in which they come.
 * Payloads are not copied: the sink sees them in the shared buffer, piece by piece. <i>Confined to
 * the thread that reads.</i>
 */
public final class FrameReader {
  /** More than any header, and more than a sink may leave of a piece. */
  public static final int MAX_CARRY = 32;

  private static final int LONG_LENGTH = 127;
  private static final int MEDIUM_LENGTH = 126;

  /** What becomes of the payloads. */
  public interface Sink {
    /** A frame begins; {@code length} bytes follow. */
    void begin(int opcode, long length);

    /**
     * The next piece of the payload.
     *
     * @param last whether the frame ends with it
     * @return how many bytes were used: all if {@code last}; else what is left, less than {@link
     *     #MAX_CARRY} bytes, comes again with the next piece
     */
    int payload(ByteBuffer buffer, int from, int to, boolean last);

    /** The frame is over. */
    void end();
  }

  private final Sink sink;
  private final byte[] carry = new byte[MAX_CARRY];
  private int carried;
  private long payloadLeft;
  private boolean inFrame;

  public FrameReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Reads once from the channel and takes apart what came.
   *
   * @param buffer shared by all readers of the thread; its content is of no use afterwards
   * @return the bytes that came, or -1 at the end of the stream
   */
  public int read(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    buffer.put(carry, 0, carried);
    int came = channel.read(buffer);
    if (came > 0) {
      int end = buffer.position();
      keep(buffer, takeApart(buffer, 0, end), end);
    }
    return came;
  }

  /** Takes apart what follows an HTTP answer in the same buffer. */
  public void begin(ByteBuffer buffer, int from, int end) {
    keep(buffer, takeApart(buffer, from, end), end);
  }

  private void keep(ByteBuffer buffer, int from, int end) {
    carried = end - from;
    buffer.get(from, carry, 0, carried);
  }

  private int takeApart(ByteBuffer buffer, int from, int end) {
    int at = from;
    while (true) {
      if (!inFrame) {
        int header = headerLength(buffer, at, end);
        if (header == 0) {
          return at;
        }
        payloadLeft = payloadLength(buffer, at);
        inFrame = true;
        sink.begin(buffer.get(at) & 0x0F, payloadLeft);
        at += header;
      }
      int available = (int) Math.min(payloadLeft, end - at);
      boolean last = available == payloadLeft;
      int used = sink.payload(buffer, at, at + available, last);
      at += used;
      payloadLeft -= used;
      if (!last) {
        return at;
      }
      inFrame = false;
      sink.end();
    }
  }

  /** The bytes before the payload, or 0 if not all of them are there. */
  private static int headerLength(ByteBuffer buffer, int at, int end) {
    if (end - at < 2) {
      return 0;
    }
    int length =
        switch (buffer.get(at + 1) & 0x7F) {
          case MEDIUM_LENGTH -> 4;
          case LONG_LENGTH -> 10;
          default -> 2;
        };
    return end - at < length ? 0 : length;
  }

  private static long payloadLength(ByteBuffer buffer, int at) {
    int length = buffer.get(at + 1) & 0x7F;
    return switch (length) {
      case MEDIUM_LENGTH -> bigEndian(buffer, at + 2, 2);
      case LONG_LENGTH -> bigEndian(buffer, at + 2, 8);
      default -> length;
    };
  }

  private static long bigEndian(ByteBuffer buffer, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (buffer.get(at + i) & 0xFF);
    }
    return value;
  }
}
