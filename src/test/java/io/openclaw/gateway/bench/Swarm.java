package io.openclaw.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Many clients on one thread. Reads are as cheap as they can be: one shared buffer, no JSON, one
 * look at the clock for each read. <i>Thread-safe; the clients belong to its thread.</i>
 */
final class Swarm implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int HANDSHAKES_AT_A_TIME = 256;

  /** A rest between rounds, so that each read takes more at once; part of the latency measured. */
  private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final InetSocketAddress server;
  private final String token;
  private final Selector selector;
  private final Thread thread = new Thread(this::run, "swarm");
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;
  private volatile int ready;
  private volatile int lost;
  private volatile int refused;
  private volatile String refusal = "";

  // Confined to the swarm's thread.
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private Tally tally = Tally.none();
  private long nowNanos;
  private int opening;
  private int opened;

  private Swarm(InetSocketAddress server, String token, Selector selector) {
    this.server = server;
    this.token = token;
    this.selector = selector;
    thread.setDaemon(true);
  }

  static Swarm start(InetSocketAddress server, String token) throws IOException {
    Swarm swarm = new Swarm(server, token, Selector.open());
    swarm.thread.start();
    return swarm;
  }

  InetSocketAddress server() {
    return server;
  }

  String token() {
    return token;
  }

  /** Clients that are connected and have been answered. */
  int readyCount() {
    return ready;
  }

  /** Ready clients whose connection ended, ever; not those that {@link #closeAll} closed. */
  int lostCount() {
    return lost;
  }

  /**
   * Connects clients, with a bounded number of handshakes at a time, and waits until all are ready.
   *
   * @throws IllegalStateException with what the server said, when they are not in time
   */
  List<Client> connect(int count, IntFunction<Client.Opening> openings, Duration limit)
      throws Exception {
    List<Client> clients = new ArrayList<>(count);
    int wanted = ready + count;
    int refusedBefore = refused;
    long end = System.nanoTime() + limit.toNanos();
    for (int i = 0; i < count && refused == refusedBefore; ) {
      int next = i;
      i = call(() -> connectSome(next, count, openings, clients));
      LockSupport.parkNanos(REST_NANOS);
    }
    while (ready < wanted && System.nanoTime() < end && refused == refusedBefore) {
      LockSupport.parkNanos(REST_NANOS);
    }
    if (ready < wanted) {
      throw new IllegalStateException(
          ready
              + " of "
              + wanted
              + " clients are ready"
              + (refusal.isEmpty() ? "" : ": ")
              + refusal);
    }
    return clients;
  }

  private int connectSome(
      int next, int count, IntFunction<Client.Opening> openings, List<Client> clients)
      throws IOException {
    int i = next;
    for (; i < count && opening < HANDSHAKES_AT_A_TIME; i++) {
      opening++;
      clients.add(Client.connect(this, opened++, openings.apply(i), selector));
    }
    return i;
  }

  /** Counts into another tally from now on, and gives the one so far. */
  Tally count(Tally next) throws Exception {
    return call(
        () -> {
          Tally before = tally;
          tally = next;
          return before;
        });
  }

  /** Deliveries in the window of the present tally so far. */
  long received() throws Exception {
    return call(() -> tally.received());
  }

  /** Ends these connections at once; they don't count as lost. */
  void closeAll(List<Client> clients) throws Exception {
    call(
        () -> {
          int before = lost;
          clients.forEach(Client::close);
          lost = before;
          opened -= clients.size();
          return null;
        });
  }

  /** Does something in the swarm's thread and waits for it. */
  <T> T call(Callable<T> what) throws Exception {
    FutureTask<T> task = new FutureTask<>(what);
    tasks.add(task);
    selector.wakeup();
    return task.get();
  }

  /** What the swarm's thread has cost so far. */
  long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  @Override
  public void close() throws Exception {
    stopping = true;
    selector.wakeup();
    thread.join(TimeUnit.SECONDS.toMillis(5));
    selector.close();
  }

  // The swarm's thread, from here on.

  void came(long dueNanos, boolean inOrder) {
    tally.came(dueNanos, nowNanos, inOrder);
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // written by this thread only
  void isReady() {
    opening--;
    ready++;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void refused(String answer) {
    refusal = answer;
    refused++;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void closed(Client client, boolean wasReady) {
    if (wasReady) {
      ready--;
      lost++;
    } else {
      opening--;
      if (refusal.isEmpty()) {
        refusal = "a connection ended while it was opened";
      }
      refused++;
    }
  }

  private void run() {
    try {
      while (!stopping) {
        selector.select(100);
        nowNanos = DueTime.now();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        int active = selector.selectedKeys().size();
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        if (active > 0) {
          LockSupport.parkNanos(REST_NANOS);
        }
      }
      selector.keys().forEach(key -> ((Client) key.attachment()).close());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(SelectionKey key) {
    if (key.isValid()) {
      nowNanos = DueTime.now();
      ((Client) key.attachment()).ready(buffer);
    }
  }
}
