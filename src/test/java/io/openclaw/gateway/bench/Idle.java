package io.openclaw.gateway.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a connection costs that is there, subscribed, and silent. */
final class Idle implements Scenario.Measurement {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int FIRST = 200;

  /** Each connection is pinged once in this time, whenever the window begins. */
  private static final int HEARTBEAT_SECONDS = 25;

  private static final int LARGEST_CLASSES = 25;
  private static final int OTHER_FILES = 1_500;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    int count = affordable(extent.idleClients());
    List<Client> first = rig.swarm().connect(FIRST, i -> opening(i), LIMIT);
    rig.swarm().closeAll(first);
    Pause.seconds(2);
    ProcessProbe.Heap heapBefore = rig.probe().heap();
    long residentBefore = rig.probe().residentBytes();
    rig.swarm().connect(count, i -> opening(i), LIMIT);
    Pause.seconds(extent.quick() ? 2 : 10);
    long resident = rig.probe().residentBytes();
    ProcessProbe.Heap heap = rig.probe().heap();
    long cpuBefore = rig.probe().cpuNanos();
    Pause.seconds(HEARTBEAT_SECONDS);
    double idleShare = (rig.probe().cpuNanos() - cpuBefore) / 1e9 / HEARTBEAT_SECONDS;
    String idle = Text.format("%,d idle connections with a subscription: ", count);
    figures.put(
        idle + "resident memory of the server for each",
        kilobytes(resident - residentBefore, count));
    figures.put(
        idle + "live heap for each, of it the gateway's own classes",
        kilobytes(heap.total() - heapBefore.total(), count)
            + ", "
            + kilobytes(heap.ours() - heapBefore.ours(), count));
    printGrowth(heap.growth(heapBefore, LARGEST_CLASSES), count);
    figures.put(
        idle + "server CPU, heartbeats included",
        Text.format("%.1f %% of a processor", 100 * idleShare));
  }

  private static void printGrowth(List<Map.Entry<String, Long>> classes, int count) {
    System.out.println("  live heap for each connection, by class:");
    for (Map.Entry<String, Long> each : classes) {
      System.out.println(
          Text.format("  %,8.0f bytes  %s", (double) each.getValue() / count, each.getKey()));
    }
  }

  private static Client.Opening opening(int number) {
    return Client.Opening.subscribe("idle/t" + number % 100);
  }

  private static String kilobytes(long bytes, int count) {
    return Text.format("%.1f KB", bytes / 1024.0 / count);
  }

  /** As many as may be open at a time; says so if those are fewer. */
  private static int affordable(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long most = system.getMaxFileDescriptorCount() - OTHER_FILES;
      if (most < wanted) {
        System.out.println(
            "  only " + most + " connections: raise the limit of open files (ulimit -n)");
        return (int) most;
      }
    }
    return wanted;
  }
}
