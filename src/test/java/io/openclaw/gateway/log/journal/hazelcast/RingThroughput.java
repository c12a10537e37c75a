package io.openclaw.gateway.log.journal.hazelcast;

import io.openclaw.gateway.cluster.hazelcast.TestMembers;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How many publications a second all nodes of a cluster append and read, and how long one takes
 * from an append on one node until it can be read on another. Nodes in one JVM, which share its
 * processors; arguments: nodes, seconds.
 */
final class RingThroughput {
  private static final LogSettings SETTINGS =
      new LogSettings(100_000, 256 << 20, Duration.ofMinutes(10), 1_000, 1 << 20);
  private static final int BATCH = 100;
  private static final int WRITERS = 4;
  private static final long INTERVAL_NANOS = 1_000_000;

  private RingThroughput() {}

  /** Prints both figures. */
  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    long seconds = Long.parseLong(arguments[1]);
    try (TestMembers members = TestMembers.start(count)) {
      List<RingNode> nodes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        nodes.add(
            new RingNode(members.get(i).instance(), "bench", SETTINGS, System::currentTimeMillis)
                .open());
      }
      latency(nodes, seconds);
      for (int round = 0; round < 3; round++) {
        throughput(nodes, seconds);
      }
      nodes.forEach(RingNode::close);
    }
  }

  private static Draft draft(int number) {
    Payload payload =
        new Payload.Json("{\"symbol\":\"AAPL\",\"price\":187.25,\"number\":" + number + "}");
    return new Draft(TopicName.of("stock/AAPL/price"), null, payload, false, null, null);
  }

  private static void throughput(List<RingNode> nodes, long seconds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long before = nodes.get(0).log().head().offset();
    List<Thread> writers = new ArrayList<>();
    long[] written = new long[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      RingNode node = nodes.get(i % nodes.size());
      writers.add(new Thread(() -> written[writer] = write(node, end)));
    }
    long began = System.nanoTime();
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    long all = 0;
    for (long each : written) {
      all += each;
    }
    long head = nodes.get(0).log().head().offset();
    for (RingNode node : nodes) {
      while (node.log().head().offset() < head) {
        LockSupport.parkNanos(INTERVAL_NANOS);
      }
    }
    double took = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d nodes: %,.0f publications/s appended and read by all, %.2f entries of the ring each%n",
        nodes.size(),
        all / took,
        (double) (head - before) / all);
  }

  private static long write(RingNode node, long endNanos) {
    long written = 0;
    while (System.nanoTime() < endNanos) {
      List<Draft> drafts = new ArrayList<>(BATCH);
      for (int i = 0; i < BATCH; i++) {
        drafts.add(draft(i));
      }
      written += node.log().append(drafts).join().size();
    }
    return written;
  }

  private static void latency(List<RingNode> nodes, long seconds) {
    RingNode from = nodes.get(0);
    RingNode to = nodes.get(nodes.size() - 1);
    Histogram micros = new Histogram(60_000_000, 3);
    long[] sent = new long[1_000_000];
    long[] last = {to.log().head().offset()};
    int[] next = {0};
    AtomicBoolean over = new AtomicBoolean();
    to.log()
        .listen(
            () -> {
              if (over.get()) {
                return;
              }
              long now = System.nanoTime();
              int read = to.log().readAfter(last[0], 10_000).size();
              last[0] = to.log().head().offset();
              for (int i = 0; i < read && next[0] < sent.length; i++) {
                micros.recordValue(Math.max(0, (now - sent[next[0]++]) / 1_000));
              }
            });
    long begin = System.nanoTime();
    int total = (int) Math.min(sent.length, seconds * 1_000);
    for (int i = 0; i < total; i++) {
      long due = begin + i * INTERVAL_NANOS;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      sent[i] = System.nanoTime();
      from.log().append(List.of(draft(i)));
    }
    LockSupport.parkNanos(500_000_000);
    over.set(true);
    System.out.printf(
        Locale.ROOT,
        "%d nodes at 1,000/s: append on one to read on another p50 %.2f ms, p99 %.2f ms%n",
        nodes.size(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }
}
