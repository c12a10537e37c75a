package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/**
 * A topic that is published to as fast as its readers take it, and no faster: whoever falls behind
 * does so by itself. <i>Confined to the test's thread, but for its readers.</i>
 */
final class CrowdedTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BATCH = 100;
  private static final String PADDING = "x".repeat(2_000);
  private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

  private final URI root;
  private final String token;
  private final String topic;
  private final int publications;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<RawConnection> connections = new ArrayList<>();
  private final List<AtomicInteger> progress = new ArrayList<>();
  private final List<Future<Integer>> readers = new ArrayList<>();
  private int published;

  /** Reads what is published, tells how far it is, and returns how many came in order. */
  interface Reader {
    int read(AtomicInteger received) throws Exception;
  }

  /**
   * @param root of the gateway
   * @param token of somebody who may publish and subscribe there
   * @param publications how many there will be, numbered from 0; 2 KB each
   */
  CrowdedTopic(URI root, String token, String topic, int publications) {
    this.root = root;
    this.token = token;
    this.topic = topic;
    this.publications = publications;
  }

  URI webSocketUri() {
    return URI.create(root.getScheme().replace("http", "ws") + "://" + root.getAuthority() + "/ws");
  }

  /** A connection that is subscribed, and read by nobody; buffer in bytes, 0 for the usual one. */
  RawConnection subscriber(int receiveBuffer) throws IOException {
    RawConnection connection = RawConnection.open(webSocketUri(), token, receiveBuffer);
    connections.add(connection);
    connection.sendText("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\"}");
    while (!connection.read().text().contains("\"live\"")) {
      // Welcome and answer are passed over.
    }
    return connection;
  }

  /** Adds so many clients that read everything. */
  void addReaders(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      RawConnection connection = subscriber(0);
      addReader(received -> readAllInOrder(connection, received));
    }
  }

  /** Adds one that reads in its own way. */
  void addReader(Reader reader) {
    AtomicInteger received = new AtomicInteger();
    progress.add(received);
    readers.add(threads.submit(() -> reader.read(received)));
  }

  /** Runs beside the test until the topic is closed. */
  void run(Runnable task) {
    threads.execute(task);
  }

  /** Publishes until so many are published in all: less than queues hold is under way. */
  void publishUntil(int count) throws Exception {
    for (; published < count; published += BATCH) {
      int wanted = published - BATCH;
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> noneHasFailed() && slowest() >= wanted);
      assertEquals(200, post(batch()));
    }
  }

  /** Tells at once why one reads no more. */
  private boolean noneHasFailed() throws Exception {
    for (Future<Integer> reader : readers) {
      if (reader.isDone()) {
        reader.get();
      }
    }
    return true;
  }

  private int slowest() {
    return progress.stream().mapToInt(AtomicInteger::get).min().orElse(Integer.MAX_VALUE);
  }

  private String batch() {
    StringBuilder batch = new StringBuilder();
    for (int n = published; n < published + BATCH; n++) {
      batch.append(n == published ? "[" : ",").append("{\"topic\":\"").append(topic);
      batch.append("\",\"data\":{\"n\":").append(n);
      batch.append(",\"p\":\"").append(PADDING).append("\"}}");
    }
    return batch.append(']').toString();
  }

  private int post(String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("api/v1/publish"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Fails unless every reader got everything in order. */
  void assertAllWasRead() throws Exception {
    for (Future<Integer> reader : readers) {
      assertEquals(publications, reader.get(60, TimeUnit.SECONDS));
    }
  }

  /** How many publications came, each with the number after the one before. */
  private int readAllInOrder(RawConnection connection, AtomicInteger received) throws IOException {
    int next = 0;
    while (next < publications) {
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

  /** Whether what is left to read of {@code connection} ends before the last publication. */
  boolean isCutOff(RawConnection connection) {
    String last = "\"n\":" + (publications - 1) + ",";
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

  @Override
  public void close() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
