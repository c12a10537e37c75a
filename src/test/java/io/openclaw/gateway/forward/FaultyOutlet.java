package io.openclaw.gateway.forward;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A destination in memory that fails as its dice say: before anything has arrived, or after, when
 * only the answer is lost. It drops what it has already, by id. Thread-safe.
 */
final class FaultyOutlet implements Outlet {
  private final Random dice;
  private final double faults;
  private final Semaphore open = new Semaphore(1_000_000);
  private final List<Outbound> arrived = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private int sends;

  FaultyOutlet(long seed, double faults) {
    this.dice = new Random(seed);
    this.faults = faults;
  }

  static FaultyOutlet without() {
    return new FaultyOutlet(0, 0);
  }

  /** Nothing comes through any more. */
  void shut() {
    open.drainPermits();
  }

  /** Everything comes through again. */
  void open() {
    open.release(1_000_000);
  }

  @Override
  public void send(List<Outbound> messages) throws OutletException {
    try {
      open.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutletException("interrupted", e);
    }
    arrive(messages);
  }

  private synchronized void arrive(List<Outbound> messages) throws OutletException {
    sends++;
    double fate = dice.nextDouble();
    if (fate < faults / 2) {
      throw new OutletException("nothing arrived");
    }
    for (Outbound message : messages) {
      if (ids.add(String.valueOf(message.id()))) {
        arrived.add(message);
      }
    }
    if (fate < faults) {
      throw new OutletException("arrived, but nobody knows");
    }
  }

  synchronized List<Outbound> arrived() {
    return List.copyOf(arrived);
  }

  synchronized boolean has(String id) {
    return ids.contains(id);
  }

  /** How many calls there were: fewer than messages if they went together. */
  synchronized int sends() {
    return sends;
  }

  @Override
  public void close() {}
}
