package io.openclaw.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ArrivingBodiesTest {
  private static final byte[] BODY = {1, 2, 3, 4};

  private final ArrivingBodies bodies = new ArrivingBodies(settings(Duration.ofSeconds(20)));

  private static RestSettings settings(Duration timeout) {
    return new RestSettings(4, timeout, 1, 1, 1);
  }

  private int refusal(InputStream body, long declared) {
    return assertThrows(ProblemException.class, () -> bodies.read(body, declared))
        .problem()
        .status();
  }

  private static InputStream whole() {
    return new ByteArrayInputStream(BODY);
  }

  @Test
  void takesABodyWhetherItsSizeIsDeclaredOrNot() throws IOException {
    assertArrayEquals(BODY, bodies.read(whole(), 4));
    assertArrayEquals(BODY, bodies.read(whole(), -1));
  }

  @Test
  void refusesOneThatSaysOrTurnsOutToBeTooLarge() {
    assertEquals(413, refusal(InputStream.nullInputStream(), 5));
    assertEquals(413, refusal(new ByteArrayInputStream(new byte[5]), -1));
  }

  @Test
  void refusesOneThatArrivesTooSlowly() {
    ArrivingBodies impatient = new ArrivingBodies(settings(Duration.ofMillis(1)));
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            long end = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            return ' ';
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            to[offset] = (byte) read();
            return 1;
          }
        };
    ProblemException refused =
        assertThrows(ProblemException.class, () -> impatient.read(endless, 4));
    assertEquals(408, refused.problem().status());
  }

  @Test
  void waitsForSoManyAtOnceAndTakesThoseThatAreThere() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch arrives = new CountDownLatch(1);
    InputStream slow =
        new InputStream() {
          @Override
          public int read() throws IOException {
            waits.countDown();
            try {
              arrives.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<byte[]> first = thread.submit(() -> bodies.read(slow, -1));
    waits.await();
    assertEquals(503, refusal(InputStream.nullInputStream(), 4));
    assertArrayEquals(BODY, bodies.read(whole(), 4));
    arrives.countDown();
    assertArrayEquals(new byte[0], first.get());
    assertArrayEquals(BODY, bodies.read(whole(), -1));
    thread.shutdown();
  }
}
