package io.openclaw.gateway.source.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.SourceState.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExclusiveFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final List<SourceLoop> nodes = new ArrayList<>();
  private TestDatabase database;

  private record Polling(String name, SourceOptions options) implements SourceSettings {}

  /** One that notes how many of them are open at once. */
  private final class CountedFeed implements Feed {
    private final Semaphore nothing = new Semaphore(0);

    CountedFeed() {
      opened.incrementAndGet();
      most.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    @Override
    public Progress take() throws InterruptedException {
      return nothing.tryAcquire(10, TimeUnit.MILLISECONDS) ? Progress.BUSY : Progress.IDLE;
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @BeforeEach
  void createSchema() throws SQLException {
    database = TestDatabase.create();
  }

  @AfterEach
  void stopAll() {
    nodes.forEach(node -> node.stop(LIMIT));
  }

  private SourceLoop start() {
    DatabaseSourceSettings lock = database.settings(OutboxSettings.DEFAULT);
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(1));
    SourceLoop node =
        new SourceLoop(
            new Polling("camel:poll", SourceOptions.DEFAULT),
            CountedFeed::new,
            new SourceCounters(),
            new SourceLoop.Parts(
                Thread::new,
                backoff,
                Duration.ofSeconds(10),
                ExclusiveFeed.turn("camel:poll", lock)));
    nodes.add(node);
    node.start();
    return node;
  }

  private static void awaitStatus(SourceLoop node, Status status) {
    await("" + status).atMost(LIMIT).until(() -> node.state().status() == status);
  }

  @Test
  void oneNodeReadsAndTheOtherTakesOverWhenItEnds() {
    SourceLoop first = start();
    awaitStatus(first, Status.UP);
    SourceLoop second = start();
    awaitStatus(second, Status.STANDBY);
    first.stop(LIMIT);
    awaitStatus(second, Status.UP);
    assertEquals(1, open.get());
    assertEquals(1, most.get());
  }

  @Test
  void aNodeThatLosesItsConnectionEndsItsFeedAndBeginsAgain() throws SQLException {
    SourceLoop first = start();
    awaitStatus(first, Status.UP);
    database.terminateListeners();
    await().atMost(LIMIT).until(() -> opened.get() == 2);
    awaitStatus(first, Status.UP);
    assertEquals(1, open.get());
    assertEquals(1, most.get());
  }
}
