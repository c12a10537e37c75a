package io.openclaw.gateway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One rate, held for a while: what was due within a window after the warm-up is measured.
 *
 * @param perSecond publications
 * @param receivers of each publication
 */
record LoadStep(int perSecond, int receivers, Duration warmUp, Duration window) {
  private static final Duration DRAIN = Duration.ofSeconds(3);

  /** Runs it, in about warm-up, window and one second. */
  StepResult run(Swarm swarm, Publisher publisher, ProcessProbe server) throws Exception {
    long start = DueTime.now() + TimeUnit.MILLISECONDS.toNanos(20);
    long from = start + warmUp.toNanos();
    long to = from + window.toNanos();
    long count = perSecond * (warmUp.plus(window).toMillis() + 100) / 1000;
    int lostBefore = swarm.lostCount();
    swarm.count(new Tally(from, to));
    CompletableFuture<Long> publishing = publish(publisher, start, count);
    Pause.until(from);
    Costs before = Costs.now(swarm, server);
    Pause.until(to);
    Costs spent = Costs.now(swarm, server).minus(before);
    long publisherNanos = publishing.get(60, TimeUnit.SECONDS);
    long expected = dueBefore(to, start) - dueBefore(from, start);
    awaitAll(swarm, expected * receivers);
    Tally tally = swarm.count(Tally.none());
    return new StepResult(
        perSecond,
        expected * receivers,
        tally,
        swarm.lostCount() - lostBefore,
        window,
        spent,
        publisherNanos / (double) count);
  }

  /**
   * Publishes in a thread of its own; tells the CPU nanoseconds that it took. What a publisher
   * whose connection was ended could not publish is missing in the end.
   */
  private CompletableFuture<Long> publish(Publisher publisher, long start, long count) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ThreadCost.of(() -> publisher.publish(perSecond, start, count));
          } catch (IOException e) {
            return 0L;
          }
        });
  }

  /** Publications that are due before a moment: the same rounding as the publisher's. */
  private long dueBefore(long momentNanos, long startNanos) {
    long number = (momentNanos - startNanos) * perSecond / 1_000_000_000L;
    while (startNanos + number * 1_000_000_000L / perSecond < momentNanos) {
      number++;
    }
    return number;
  }

  /** Until all has come, or nothing more comes. */
  private static void awaitAll(Swarm swarm, long expected) throws Exception {
    long end = DueTime.now() + DRAIN.toNanos();
    long received = swarm.received();
    while (received < expected && DueTime.now() < end) {
      Pause.millis(50);
      received = swarm.received();
    }
  }
}
