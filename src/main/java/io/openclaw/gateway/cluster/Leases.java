package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What one node does at a time: whoever holds the lease. It is held so:
 *
 * <ol>
 *   <li>A lease is an entry of a shared map, with the name of the node and a time to live. Whoever
 *       puts it while there is none holds it.
 *   <li>The holder begins its time again and again, {@link #renew} every second.
 *   <li>It counts as held until {@value #MARGIN_SECONDS} s before that time is over, by this node's
 *       own clock, that goes on while the process stands still: a node that did not renew in time,
 *       for whatever reason, does not hold it, before others may.
 *   <li>A node that stood still while there were others asks for none for half a minute: it may see
 *       nobody, while the others go on, until the cluster has found together again.
 *   <li>It is given back at once by a node that stops, and is over by itself if the node dies.
 * </ol>
 *
 * In a cluster that fell apart each part has a holder. Thread-safe.
 */
public final class Leases {
  /** Long enough for pauses of a garbage collector, and short enough for those who wait. */
  public static final Duration USUAL = Duration.ofSeconds(6);

  /** Less would hardly leave any time beside the margin. */
  public static final Duration SHORTEST = Duration.ofSeconds(4);

  /** What the times to live of the cluster may be off, and a little for clocks. */
  static final int MARGIN_SECONDS = 2;

  final SharedMap holders;
  final Node self;
  final Duration length;
  final LongSupplier nanoTime;
  final Standstill standstill;

  private final Map<String, Lease> leases = new ConcurrentHashMap<>();

  /**
   * @param length after what silence another node may take one
   * @param nanoTime a clock that only goes forward, in ns
   */
  public Leases(Cluster cluster, Duration length, LongSupplier nanoTime) {
    this(
        cluster.map("leases"), cluster.self(), length, nanoTime, () -> !cluster.others().isEmpty());
  }

  Leases(
      SharedMap holders,
      Node self,
      Duration length,
      LongSupplier nanoTime,
      BooleanSupplier others) {
    this.standstill = new Standstill(length, others, nanoTime);
    this.holders = holders;
    this.self = self;
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /** The lease of that name, which is not asked for yet; the same object each time. */
  public Lease of(String name) {
    return leases.computeIfAbsent(name, key -> new Lease(key, this));
  }

  /** Renews what is held; call it every second. Blocks as the cluster does. */
  public void renew() {
    standstill.tick();
    leases.values().forEach(Lease::renew);
  }
}
