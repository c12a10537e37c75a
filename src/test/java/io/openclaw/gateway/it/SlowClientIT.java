package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Clients that misbehave share a topic with others that do not: those receive everything, in order.
 */
class SlowClientIT extends GatewayIT {
  private static final int HEALTHY = 50;
  private static final int PUBLICATIONS = 8_000;
  private static final int BATCH = 100;
  private static final String PADDING = "x".repeat(2_000);
  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
  private static final int SMALL_BUFFER = 4_096;

  @Test
  void costTheOthersNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(HEALTHY + 1);
    List<RawConnection> connections = new ArrayList<>();
    try {
      RawConnection neverReads = subscriber(connections, SMALL_BUFFER);
      RawConnection readsOneByteASecond = subscriber(connections, SMALL_BUFFER);
      RawConnection sendsGarbage = subscriber(connections, 0);
      List<AtomicInteger> progress = new ArrayList<>();
      List<Future<Integer>> healthy = new ArrayList<>();
      for (int i = 0; i < HEALTHY; i++) {
        RawConnection reader = subscriber(connections, 0);
        AtomicInteger received = new AtomicInteger();
        progress.add(received);
        healthy.add(threads.submit(() -> readAllInOrder(reader, received)));
      }
      Future<?> drip = threads.submit(() -> readsOneByteASecond.drip());
      sendsGarbage.send(1, "\u0000{[garbage".getBytes(StandardCharsets.UTF_8));
      publishAll(progress);
      for (Future<Integer> each : healthy) {
        assertEquals(PUBLICATIONS, each.get(60, TimeUnit.SECONDS));
      }
      assertTrue(isCutOff(neverReads), "the one that never reads was not disconnected");
      drip.cancel(true);
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
      threads.shutdownNow();
    }
  }

  private static RawConnection subscriber(List<RawConnection> all, int receiveBuffer)
      throws IOException {
    RawConnection connection = RawConnection.open(webSocketUri(), adminToken(), receiveBuffer);
    all.add(connection);
    connection.sendText("{\"op\":\"subscribe\",\"topic\":\"slow/topic\"}");
    while (!connection.read().text().contains("\"live\"")) {
      // Welcome and answer are passed over.
    }
    return connection;
  }

  /** Publishes as fast as the healthy ones take it: less than their queues hold is under way. */
  private static void publishAll(List<AtomicInteger> progress) throws Exception {
    for (int first = 0; first < PUBLICATIONS; first += BATCH) {
      int wanted = first - BATCH;
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> progress.stream().allMatch(received -> received.get() >= wanted));
      StringBuilder batch = new StringBuilder("[");
      for (int n = first; n < first + BATCH; n++) {
        batch.append(n == first ? "" : ",").append("{\"topic\":\"slow/topic\",\"data\":{\"n\":");
        batch.append(n).append(",\"p\":\"").append(PADDING).append("\"}}");
      }
      assertEquals(
          200, post("api/v1/publish", adminToken(), batch.append(']').toString()).statusCode());
    }
  }

  /** How many publications came, each with the number after the one before. */
  private static int readAllInOrder(RawConnection connection, AtomicInteger received)
      throws IOException {
    int next = 0;
    while (next < PUBLICATIONS) {
      RawConnection.Frame frame = connection.read();
      if (frame.isClose()) {
        throw new IOException("closed with " + frame.closeCode() + " after " + next);
      }
      Matcher number = NUMBER.matcher(frame.text());
      while (number.find()) {
        if (Integer.parseInt(number.group(1)) != next++) {
          throw new IOException("expected " + (next - 1) + " but got " + number.group(1));
        }
      }
      received.set(next);
    }
    return next;
  }

  /** Whether what is left to read ends before the last publication has come. */
  private static boolean isCutOff(RawConnection connection) {
    String last = "\"n\":" + (PUBLICATIONS - 1) + ",";
    try {
      RawConnection.Frame frame = connection.read();
      while (!frame.isClose() && !frame.text().contains(last)) {
        frame = connection.read();
      }
      return frame.isClose();
    } catch (EOFException | SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
