package io.openclaw.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  private static final int FRAMES = 40;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 19, 20, 21, 64, 126, 1000, 100_000})
  void findsEveryDueTimeWhateverThePieces(int pieceBytes) throws IOException {
    List<Long> expected = new ArrayList<>();
    List<Long> found = new ArrayList<>();
    byte[] stream = stream(expected);
    read(stream, pieceBytes, new Scanning(new DueScan(found::add)));
    assertEquals(expected, found);
  }

  @Test
  void findsDueTimesWhenOffsetsGrowLonger() throws IOException {
    List<Long> found = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<Long> expected = LongStream.range(0, 200).map(i -> DueTime.now() + i).boxed().toList();
    for (int i = 0; i < expected.size(); i++) {
      stream.writeBytes(serverFrame(1, publication(i, expected.get(i))));
    }
    read(stream.toByteArray(), 4_096, new Scanning(new DueScan(found::add)));
    assertEquals(expected, found);
  }

  @Test
  void clientFramesAreMaskedWithZeros() {
    byte[] frame = ClientFrames.text("hi");
    assertArrayEquals(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'}, frame);
    assertEquals(8 + 126, ClientFrames.text("x".repeat(126)).length);
  }

  @Test
  void aPayloadHasTheSizeThatWasAskedForAndItsDueTime() {
    long due = DueTime.now();
    byte[] data = Publisher.data(due, 100).getBytes(StandardCharsets.UTF_8);
    assertEquals(100, data.length);
    assertEquals(due, DueTime.read(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN), 5));
  }

  /** Single messages, batches of several sizes, pings and replies between them. */
  private static byte[] stream(List<Long> due) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int offset = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      int batch = frame % 3 == 0 ? 1 : frame * frame % 50 + 1;
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < batch; i++) {
        long time = DueTime.now() + offset;
        due.add(time);
        text.append(i == 0 ? "" : ",").append(publication(offset++, time));
      }
      stream.writeBytes(serverFrame(1, batch == 1 ? text.toString() : "[" + text + "]"));
      stream.writeBytes(serverFrame(9, frame % 2 == 0 ? "" : "ping"));
      stream.writeBytes(serverFrame(1, "{\"op\":\"ping\"}"));
    }
    return stream.toByteArray();
  }

  private static String publication(int offset, long due) {
    return "{\"op\":\"pub\",\"topic\":\"t\",\"offset\":"
        + offset
        + ",\"time\":1,\"data\":"
        + Publisher.data(due, 60)
        + "}";
  }

  private static byte[] serverFrame(int opcode, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length % 2 == 0) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload);
    byte[] bytes = new byte[frame.position()];
    frame.get(0, bytes);
    return bytes;
  }

  private static void read(byte[] stream, int pieceBytes, FrameReader.Sink sink)
      throws IOException {
    FrameReader reader = new FrameReader(sink);
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(stream));
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(pieceBytes + FrameReader.MAX_CARRY)
            .order(ByteOrder.LITTLE_ENDIAN);
    while (reader.read(new Pieces(channel, pieceBytes), buffer) >= 0) {
      // all of it is in the sink
    }
  }

  /** Gives so many bytes at a time. */
  private record Pieces(ReadableByteChannel whole, int bytes) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer buffer) throws IOException {
      buffer.limit(Math.min(buffer.limit(), buffer.position() + bytes));
      return whole.read(buffer);
    }

    @Override
    public boolean isOpen() {
      return whole.isOpen();
    }

    @Override
    public void close() {}
  }

  private static final class Scanning implements FrameReader.Sink {
    private final DueScan scan;
    private int opcode;

    Scanning(DueScan scan) {
      this.scan = scan;
    }

    @Override
    public void begin(int frameOpcode, long length) {
      opcode = frameOpcode;
      scan.begin();
    }

    @Override
    public int payload(ByteBuffer buffer, int from, int to, boolean last) {
      return opcode == 1 ? scan.scan(buffer, from, to, last) : to - from;
    }

    @Override
    public void end() {}
  }
}
