package io.openclaw.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The right to do one thing, see {@link Leases}. Thread-safe. */
public final class Lease {
  private static final Logger LOG = System.getLogger(Lease.class.getName());

  private final String name;
  private final SharedMap holders;
  private final byte[] self;
  private final Duration length;
  private final Duration sure;
  private final LongSupplier nanoTime;
  private final Standstill standstill;

  // Written under the lock of this.
  private volatile boolean wanted;
  private volatile boolean held;
  private volatile long endNanos;

  Lease(String name, Leases all) {
    this.name = name;
    this.holders = all.holders;
    this.self = all.self.name().getBytes(UTF_8);
    this.length = all.length;
    this.sure = all.length.minusSeconds(Leases.MARGIN_SECONDS);
    this.nanoTime = all.nanoTime;
    this.standstill = all.standstill;
  }

  /** Whether this node holds it now; asks nobody. */
  public boolean isHeld() {
    return held && endNanos - nanoTime.getAsLong() > 0;
  }

  /**
   * Holds it if nobody else does, from now on until {@link #release}.
   *
   * @return whether this node holds it
   * @throws ClusterException if the cluster cannot say
   */
  public synchronized boolean hold() {
    wanted = true;
    return isHeld() || attempt();
  }

  private boolean attempt() {
    long asked = nanoTime.getAsLong();
    boolean mine =
        !standstill.isRecent() && (holders.putIfAbsent(name, self, length) || extended());
    if (mine) {
      endNanos = asked + sure.toNanos();
    }
    if (mine != held) {
      held = mine;
      LOG.log(Level.INFO, mine ? "{0}: done by this node" : "{0}: done by another node", name);
    }
    return isHeld();
  }

  /** It may be taken between the first two steps, and then somebody else's gets more time. */
  private boolean extended() {
    return isMine() && holders.extend(name, length) && isMine();
  }

  private boolean isMine() {
    return holders.get(name).filter(holder -> Arrays.equals(holder, self)).isPresent();
  }

  /** Which node holds it, as the cluster has it. */
  public Optional<String> holder() {
    return holders.get(name).map(holder -> new String(holder, UTF_8));
  }

  /** Lets it begin again if it is wanted here. */
  synchronized void renew() {
    try {
      if (wanted && held) {
        attempt();
      }
    } catch (ClusterException e) {
      LOG.log(Level.WARNING, "{0}: could not be renewed: {1}", name, e.getMessage());
    }
  }

  /** Gives it back, if it is held. */
  public synchronized void release() {
    wanted = false;
    boolean was = isHeld();
    held = false;
    try {
      if (was && isMine()) {
        Optional<byte[]> unused = holders.remove(name);
      }
    } catch (ClusterException e) {
      LOG.log(Level.DEBUG, name + ": is over when its time is", e);
    }
  }
}
