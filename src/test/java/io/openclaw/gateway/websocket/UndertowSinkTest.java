package io.openclaw.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.session.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.Buffers;

/** Frames of ours and writes of Undertow's on a socket that takes what it likes. */
class UndertowSinkTest {
  private static final int STEPS = 5_000;
  private static final byte OURS = 'o';
  private static final byte THEIRS = 't';

  private final LimitedSocket socket = new LimitedSocket();
  private boolean closeSent;
  private int completed;
  private final UndertowTransport.Sink sink =
      new UndertowTransport.Sink(socket, new Object(), () -> closeSent);
  private final Transport.Completion completion =
      new Transport.Completion() {
        @Override
        public void sent() {
          completed++;
        }

        @Override
        public void failed() {
          throw new AssertionError("failed");
        }
      };

  /** Its length, then that many bytes that tell whose it is. */
  private static ByteBuffer frame(byte whose, int length) {
    byte[] frame = new byte[1 + length];
    Arrays.fill(frame, whose);
    frame[0] = (byte) length;
    return ByteBuffer.wrap(frame);
  }

  /** How many frames of each side were written, whole. */
  private int[] framesOnTheWire() {
    byte[] bytes = socket.wire.toByteArray();
    int ours = 0;
    int theirs = 0;
    for (int at = 0; at < bytes.length; at += 1 + bytes[at]) {
      byte whose = bytes[at + 1];
      for (int i = 1; i <= bytes[at]; i++) {
        assertEquals(whose, bytes[at + i], "a frame within a frame at " + at);
      }
      ours += whose == OURS ? 1 : 0;
      theirs += whose == THEIRS ? 1 : 0;
    }
    return new int[] {ours, theirs};
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noFrameLandsWithinAnother(long seed) throws IOException {
    Random random = new Random(seed);
    ByteBuffer @Nullable [] pending = null;
    int sent = 0;
    int written = 0;
    for (int i = 0; i < STEPS; i++) {
      socket.takes = random.nextInt(12);
      switch (random.nextInt(3)) {
        case 0 -> {
          if (sent == completed && sink.send(frame(OURS, 1 + random.nextInt(20)), completion)) {
            completed++;
            sent++;
          } else if (sent == completed) {
            sent++;
          }
        }
        case 1 -> {
          if (pending == null) {
            pending = gathered(random);
            written += pending.length;
          }
          sink.write(pending, 0, pending.length);
          pending = Buffers.hasRemaining(pending) ? pending : null;
        }
        default -> {
          if (pending == null) {
            sink.flush();
          }
        }
      }
    }
    socket.takes = Integer.MAX_VALUE;
    if (pending != null) {
      sink.write(pending, 0, pending.length);
    }
    assertTrue(sink.flush());
    assertEquals(sent, completed);
    assertEquals(List.of(sent, written), Arrays.stream(framesOnTheWire()).boxed().toList());
    assertTrue(sent > STEPS / 20 && written > STEPS / 20);
  }

  /** Some frames in one write, as Undertow gathers them. */
  private static ByteBuffer[] gathered(Random random) {
    List<ByteBuffer> frames = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      frames.add(frame(THEIRS, 1 + random.nextInt(10)));
    }
    return frames.toArray(ByteBuffer[]::new);
  }

  @Test
  void whatIsLeftOfAFrameIsWrittenWhenTheSocketTakesItAndToldThen() throws IOException {
    socket.takes = 3;
    assertFalse(sink.send(frame(OURS, 9), completion));
    assertTrue(socket.resumed);
    socket.takes = 3;
    assertFalse(sink.flush());
    assertEquals(0, completed);
    socket.takes = 100;
    assertTrue(sink.flush());
    assertEquals(1, completed);
  }

  @Test
  void nothingIsSentBehindACloseFrame() {
    closeSent = true;
    assertThrows(IOException.class, () -> sink.send(frame(OURS, 9), completion));
    assertEquals(0, socket.wire.size());
  }
}
