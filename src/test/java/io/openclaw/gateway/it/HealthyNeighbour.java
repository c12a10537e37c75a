package io.openclaw.gateway.it;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publishes numbers by one connection and receives them by another, each time the next one when the
 * one before has come, while others attack the server. <i>Confined to the test's thread, but for
 * its own.</i>
 */
final class HealthyNeighbour implements AutoCloseable {
  private static final Pattern DATA = Pattern.compile("\"data\":(\\d+)");

  private final RawConnection publisher;
  private final RawConnection subscriber;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "healthy neighbour");
  private volatile int received;
  private volatile long slowestNanos;
  private volatile String failure = "";

  private HealthyNeighbour(URI uri, String token) throws IOException {
    publisher = RawConnection.open(uri, token, 0);
    subscriber = RawConnection.open(uri, token, 0);
    subscriber.sendText("{\"op\":\"subscribe\",\"topic\":\"healthy\"}");
    while (!subscriber.read().text().contains("\"live\"")) {
      // Welcome and answer are passed over.
    }
  }

  static HealthyNeighbour start(URI uri, String token) throws IOException {
    HealthyNeighbour neighbour = new HealthyNeighbour(uri, token);
    neighbour.thread.setDaemon(true);
    neighbour.thread.start();
    return neighbour;
  }

  private void run() {
    try {
      for (int n = 0; !stopping.get(); n++) {
        long began = System.nanoTime();
        publisher.sendText("{\"op\":\"publish\",\"topic\":\"healthy\",\"data\":" + n + "}");
        expect(n);
        awaitReply();
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - began);
        received = n + 1;
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (IOException | InterruptedException e) {
      failure = e.toString();
    }
  }

  private void expect(int wanted) throws IOException {
    Matcher data = DATA.matcher("");
    while (!data.find()) {
      data = DATA.matcher(next(subscriber));
    }
    if (Integer.parseInt(data.group(1)) != wanted || data.find()) {
      throw new IOException("got " + data + " instead of " + wanted);
    }
  }

  private void awaitReply() throws IOException {
    while (!next(publisher).contains("\"published\"")) {
      // A sign of life.
    }
  }

  private static String next(RawConnection connection) throws IOException {
    RawConnection.Frame frame = connection.read();
    if (frame.isClose()) {
      throw new IOException("closed with " + frame.closeCode());
    }
    return frame.text();
  }

  /** What went wrong with it, or an empty text. */
  String failure() {
    return failure;
  }

  int received() {
    return received;
  }

  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
  }

  @Override
  public void close() throws IOException {
    stopping.set(true);
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
    subscriber.close();
  }
}
