package io.openclaw.gateway.rest;

import io.openclaw.gateway.forward.ForwardSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has requests wait for what is forwarded: so many at once, as each holds a thread of the server,
 * and for a bounded time. Thread-safe.
 */
@ApplicationScoped
public class Waits {
  /** The forwarder answers in its own time; this is for when it does not. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Problem UNKNOWN =
      Problem.of(
          "unavailable",
          "nobody knows whether it was forwarded: send it again with the same eventId");

  private final Semaphore room;
  private final Duration longest;

  /** For the container's proxy only. */
  protected Waits() {
    this(ForwardSettings.DEFAULT);
  }

  @Inject
  public Waits(ForwardSettings settings) {
    this.room = new Semaphore(settings.maxRequests());
    this.longest = settings.timeout().plus(GRACE);
  }

  /** The outcomes in order; of those that are not there in time, or find no room, a problem. */
  List<Object> of(List<CompletableFuture<Object>> outcomes) {
    if (outcomes.stream().allMatch(CompletableFuture::isDone)) {
      return outcomes.stream().map(CompletableFuture::join).toList();
    }
    if (!room.tryAcquire()) {
      return outcomes.stream().map(outcome -> outcome.getNow(UNKNOWN)).toList();
    }
    try {
      long endNanos = System.nanoTime() + longest.toNanos();
      return outcomes.stream().map(outcome -> until(endNanos, outcome)).toList();
    } finally {
      room.release();
    }
  }

  private static Object until(long endNanos, CompletableFuture<Object> outcome) {
    try {
      return outcome.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
