package io.openclaw.gateway.connector;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends events to a server that may be killed meanwhile: what was not confirmed is sent again, as
 * an application does that keeps its events until then. <i>Confined to one thread.</i>
 */
public final class Feeding implements AutoCloseable {
  private static final int BATCH = 100;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final List<NumberedEvent> events;
  private final int rewind;
  private final CompletableFuture<Void> end;

  private Feeding(List<NumberedEvent> events, int rewind, Sender.Opener opener) {
    this.events = events;
    this.rewind = rewind;
    this.end = CompletableFuture.runAsync(() -> run(opener), thread);
  }

  /**
   * Begins.
   *
   * @param rewind how many confirmed events the server may forget when it is killed: these are sent
   *     again too
   */
  public static Feeding start(List<NumberedEvent> events, int rewind, Sender.Opener opener) {
    return new Feeding(events, rewind, opener);
  }

  private void run(Sender.Opener opener) {
    int next = 0;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (next < events.size()) {
      try (Sender sender = opener.open()) {
        next = Math.max(0, next - rewind);
        while (next < events.size()) {
          int until = Math.min(next + BATCH, events.size());
          sender.send(events.subList(next, until));
          next = until;
        }
      } catch (Exception e) { // the server is away
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("could not send " + next, e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until all are confirmed. */
  public void await() {
    end.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
