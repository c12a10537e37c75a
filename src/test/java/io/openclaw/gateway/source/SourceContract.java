package io.openclaw.gateway.source;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every source keeps to, whatever it reads from, tried with its real neighbour. An adapter's
 * test says how the source is made and how its neighbour is fed, killed and started again.
 */
@Tag("once")
public abstract class SourceContract {
  /** Largest payload that the gateway takes here. */
  protected static final int MAX_PAYLOAD_BYTES = 1_000;

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int EVENTS = 10_000;
  private static final int KEYS = 7;

  private final TopicLog log =
      new MemoryTopicLog("contract", LogSettings.DEFAULT, System::currentTimeMillis);
  private final Ingest ingest = new Ingest(log, new IngestSettings(MAX_PAYLOAD_BYTES, 100_000));
  private final List<Source> sources = new ArrayList<>();

  /** A number of a key; each key's begin with 1. */
  public record Event(String key, int number) {}

  /**
   * Makes the source; its events go to the topic {@code contract/<key>} with the number as data.
   */
  protected abstract Source source(Ingest ingest, FailurePolicy policy, SourceLoop.Parts parts)
      throws Exception;

  /**
   * Sends events in order; returns when the neighbour has them for good. Tries again while the
   * neighbour is away: what may come twice has the same event id.
   */
  protected abstract void send(List<Event> events) throws Exception;

  /** The number in the data of an event. */
  protected int number(String json) {
    return Integer.parseInt(json.strip());
  }

  /** Sends something that can never work for the gateway: its data is too large. */
  protected abstract void sendPoison() throws Exception;

  /** The reasons of what was put aside, in order. */
  protected abstract List<String> deadLetters() throws Exception;

  /** Ends the neighbour as a power cut would. */
  protected abstract void killNeighbour() throws Exception;

  /** Starts it again on what it had; returns when it serves. */
  protected abstract void restartNeighbour() throws Exception;

  /** Ends the neighbour for good, after the sources. */
  protected abstract void stopNeighbour() throws Exception;

  @AfterEach
  void stopAll() throws Exception {
    sources.forEach(source -> source.stop(LIMIT));
    stopNeighbour();
  }

  private Source start(Then then) throws Exception {
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500), new Random(1));
    SourceLoop.Parts parts = new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(10));
    Source source = source(ingest, new FailurePolicy(then, 3), parts);
    sources.add(source);
    source.start();
    awaitStatus(source, Status.UP);
    return source;
  }

  private static void awaitStatus(Source source, Status status) {
    await(status + ", is " + source.state())
        .atMost(LIMIT)
        .until(() -> source.state().status() == status);
  }

  private void awaitHead(long offset) {
    await("offset " + offset).atMost(LIMIT).until(() -> log.head().offset() >= offset);
  }

  private static void awaitLag(Source source, java.util.function.LongPredicate wanted) {
    await("lag")
        .atMost(LIMIT)
        .until(() -> source.lag().map(lag -> wanted.test(lag.amount())).orElse(false));
  }

  /** Events of all keys in turn; {@code from} is the first number. */
  private static List<Event> events(int from, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Event("k" + i % KEYS, from + i / KEYS))
        .toList();
  }

  /** Fails unless each key's numbers are there once and in order. */
  private void assertOnceAndInOrder(int perKey) {
    Map<String, List<Integer>> found = new TreeMap<>();
    for (Publication each : log.readAfter(0, Integer.MAX_VALUE)) {
      int number = number(((Payload.Json) each.payload()).text());
      found.computeIfAbsent(each.topic().toString(), topic -> new ArrayList<>()).add(number);
    }
    List<Integer> all = IntStream.rangeClosed(1, perKey).boxed().toList();
    for (int key = 0; key < KEYS; key++) {
      assertEquals(all, found.get("contract/k" + key), "key " + key);
    }
    assertEquals(KEYS, found.size());
  }

  @Test
  void whatTheNeighbourHadWhenItWasKilledArrivesOnceAndInOrder() throws Exception {
    Source source = start(Then.DEAD_LETTER);
    int perKey = EVENTS / KEYS;
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendParts(perKey));
    awaitHead(EVENTS / 3);
    killNeighbour();
    restartNeighbour();
    awaitHead((long) perKey * KEYS);
    sending.join();
    awaitLag(source, lag -> lag == 0);
    assertOnceAndInOrder(perKey);
    awaitStatus(source, Status.UP);
  }

  private void sendParts(int perKey) {
    try {
      for (int from = 1; from <= perKey; from += 10) {
        send(events(from, Math.min(10, perKey - from + 1) * KEYS));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCanNeverWorkIsPutAsideWithTheReasonWhileTheRestFlows() throws Exception {
    Source source = start(Then.DEAD_LETTER);
    send(events(1, KEYS));
    sendPoison();
    send(events(2, KEYS));
    sendPoison();
    send(events(3, KEYS));
    awaitHead(3 * KEYS);
    await().atMost(LIMIT).until(() -> source.counts().deadLettered() == 2);
    assertOnceAndInOrder(3);
    assertEquals(2, deadLetters().size());
    assertTrue(deadLetters().get(0).contains("at most 1000 are allowed"), deadLetters().get(0));
  }

  @Test
  void whatCanNeverWorkIsDroppedAndCountedWhereThePolicySaysSo() throws Exception {
    Source source = start(Then.SKIP);
    send(events(1, KEYS));
    sendPoison();
    send(events(2, KEYS));
    awaitHead(2 * KEYS);
    await().atMost(LIMIT).until(() -> source.counts().skipped() == 1);
    assertOnceAndInOrder(2);
    assertEquals(List.of(), deadLetters());
  }

  @Test
  void nothingPassesWhatCanNeverWorkWhereThePolicyIsToRetry() throws Exception {
    Source source = start(Then.RETRY);
    send(events(1, KEYS));
    awaitHead(KEYS);
    sendPoison();
    send(events(2, KEYS));
    awaitStatus(source, Status.DOWN);
    assertTrue(source.state().reason().contains("can never work"), source.state().reason());
    await().atMost(LIMIT).until(() -> source.counts().failures() >= 3);
    assertOnceAndInOrder(1);
  }

  @Test
  void theLagRisesWhileItIsPausedAndReturnsToZero() throws Exception {
    Source source = start(Then.DEAD_LETTER);
    send(events(1, KEYS));
    awaitHead(KEYS);
    source.pause();
    awaitStatus(source, Status.PAUSED);
    send(events(2, 10 * KEYS));
    awaitLag(source, lag -> lag >= 10 * KEYS);
    assertEquals(KEYS, log.head().offset());
    source.resume();
    awaitHead(11 * KEYS);
    awaitLag(source, lag -> lag == 0);
    assertOnceAndInOrder(11);
  }

  @Test
  void oneThatTakesOverGoesOnWhereTheOtherEnded() throws Exception {
    Source first = start(Then.DEAD_LETTER);
    send(events(1, 5 * KEYS));
    awaitHead(2 * KEYS);
    first.stop(LIMIT);
    assertEquals(Status.STOPPED, first.state().status());
    long offset = log.head().offset();
    send(events(6, 5 * KEYS));
    assertEquals(offset, log.head().offset());
    start(Then.DEAD_LETTER);
    awaitHead(10 * KEYS);
    assertOnceAndInOrder(10);
  }
}
