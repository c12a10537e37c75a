package io.openclaw.gateway.lab;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the events of all publishers, and keeps what they have brought in. <i>Thread-safe.</i>
 */
final class Ledger {
  private final int topics;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentLinkedQueue<Sending> sendings = new ConcurrentLinkedQueue<>();

  Ledger(int topics) {
    this.topics = topics;
  }

  /** The next event; topics take turns. */
  Event next() {
    long number = numbers.incrementAndGet();
    return new Event(number, (int) (number % topics));
  }

  void sent(Sending sending) {
    sendings.add(sending);
    count.incrementAndGet();
  }

  int count() {
    return count.get();
  }

  Collection<Sending> sendings() {
    return List.copyOf(sendings);
  }
}
