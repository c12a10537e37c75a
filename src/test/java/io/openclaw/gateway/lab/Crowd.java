package io.openclaw.gateway.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Many clients on one thread. <i>Thread-safe; the clients belong to its thread until it is
 * closed.</i>
 */
final class Crowd implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long TICK_MILLIS = 10;
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);

  private final String token;
  private final Selector selector;
  private final List<LabClient> clients = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "crowd");
  private final Seconds connects = new Seconds(System.nanoTime());
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private volatile boolean stopping;
  private volatile int live;
  private volatile long completeNanos;
  private volatile long deliveries;
  private volatile boolean measuring;

  // Confined to the thread.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long nowNanos = System.nanoTime();

  /**
   * Makes clients; they connect when it is started, over {@code ramp}.
   *
   * @param count how many; one in {@code 100} wants all topics, the others one topic each
   * @param nodes where they may connect
   */
  Crowd(int count, int topics, List<Node> nodes, String token, Random random, long rampMillis) {
    this.token = token;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < count; i++) {
      ClientLog log = new ClientLog("client " + i, i % 100 == 0 ? ClientLog.ALL : i % topics);
      long first = nowNanos + TimeUnit.MILLISECONDS.toNanos(rampMillis * i / count);
      ComeBack comeBack = new ComeBack(new Random(random.nextLong()), nodes);
      clients.add(new LabClient(this, log, comeBack, first));
    }
  }

  void start() {
    thread.start();
  }

  /** Clients that are connected and have been told that they are live. */
  int live() {
    return live;
  }

  /** When the last of them that had been away became live; 0 if none was. */
  long completeNanos() {
    return completeNanos;
  }

  int size() {
    return clients.size();
  }

  long deliveries() {
    return deliveries;
  }

  /** Attempts to connect, by seconds since the crowd was made. */
  Seconds connects() {
    return connects;
  }

  /** From now on the time from sending to arrival counts, or no more. */
  void measure(boolean on) {
    measuring = on;
  }

  /** Milliseconds from sending to arrival; only when it is closed. */
  double millis(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  /** What they have written down; only when it is closed. */
  List<ClientLog> logs() {
    return clients.stream().map(LabClient::log).toList();
  }

  /** Ends all connections without a word. */
  @Override
  public void close() {
    stopping = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    try {
      long tickedNanos = nowNanos;
      while (!stopping) {
        selector.select(TICK_MILLIS);
        nowNanos = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid()) {
            ((Wire) key.attachment()).ready(buffer);
          }
        }
        selector.selectedKeys().clear();
        if (nowNanos - tickedNanos > TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
          tickedNanos = nowNanos;
          clients.forEach(client -> client.tick(selector, nowNanos));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      clients.forEach(LabClient::stop);
    }
  }

  String token() {
    return token;
  }

  long nowNanos() {
    return nowNanos;
  }

  void connecting() {
    connects.count(nowNanos);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the one thread only
  void liveChanged(int by) {
    live += by;
    if (live == clients.size()) {
      completeNanos = nowNanos;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void came(long sentNanos) {
    deliveries++;
    if (measuring) {
      long latency = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentNanos);
      micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, latency)));
    }
  }
}
