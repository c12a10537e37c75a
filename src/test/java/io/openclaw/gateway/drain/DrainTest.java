package io.openclaw.gateway.drain;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.drain.Drain.State;
import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A drain whose steps are taken by the test, with the sessions of a node on real threads. */
class DrainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration TICK = Duration.ofMillis(20);
  private static final long SEED = 20261122;

  private final ManualTime time = new ManualTime();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> asked = new ArrayList<>();
  private final List<ClientSession> clients = new ArrayList<>();
  private final Sessions sessions =
      new Sessions(
          "node1",
          SessionSettings.DEFAULT,
          new MemoryTopicLog("e", LogSettings.DEFAULT, time),
          2,
          time,
          () -> "s" + ids.incrementAndGet(),
          new AllRights());

  @BeforeEach
  void start() {
    sessions.start(Thread::new);
  }

  @AfterEach
  void stop() {
    sessions.stop(PATIENCE);
  }

  private Drain drain(Duration delay, Duration duration) {
    Drain.Sources sources =
        new Drain.Sources() {
          @Override
          public void stop() {
            asked.add("stop with " + ended() + " sent away");
          }

          @Override
          public void start() {
            asked.add("start");
          }
        };
    return new Drain(sessions, sources, new DrainSettings(delay, duration), task -> {}, time);
  }

  private void connect(int count) {
    for (int i = 0; i < count; i++) {
      clients.add(sessions.open(RecordingTransport.immediate(), Caller.UNKNOWN));
    }
  }

  private long ended() {
    return clients.stream().filter(ClientSession::isEnding).count();
  }

  private void pass(Drain drain, Duration duration, Duration tick) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(duration) < 0;
        passed = passed.plus(tick)) {
      time.pass(tick);
      drain.step();
    }
  }

  @Test
  void isNotReadyAtOnceAndServesOnForTheDelay() {
    connect(3);
    Drain drain = drain(Duration.ofSeconds(5), Duration.ofSeconds(3));
    assertEquals(State.SERVING, drain.state());
    drain.begin();
    assertEquals(State.ANNOUNCED, drain.state());
    drain.step();
    pass(drain, Duration.ofMillis(4_900), TICK);
    assertEquals(List.of(), asked);
    assertFalse(sessions.isFull());
    pass(drain, Duration.ofMillis(200), TICK);
    assertEquals(State.LEAVING, drain.state());
    assertTrue(sessions.isFull());
  }

  @Test
  void stopsItsSourcesBeforeAnybodyIsSentAway() {
    connect(10);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(1));
    drain.begin();
    pass(drain, Duration.ofSeconds(1), TICK);
    assertEquals(List.of("stop with 0 sent away"), asked);
    assertTrue(ended() > 5);
  }

  /** The node is looked after at uneven moments, as on a busy machine. */
  @Test
  void noSecondSendsAwayMoreThanItsShare() {
    int count = 997;
    connect(count);
    Duration duration = Duration.ofSeconds(10);
    Drain drain = drain(Duration.ZERO, duration);
    Random random = new Random(SEED);
    drain.begin();
    List<long[]> sentAway = new ArrayList<>();
    long before = 0;
    while (ended() < count) {
      time.pass(Duration.ofMillis(1 + random.nextInt(random.nextInt(40) == 0 ? 500 : 40)));
      drain.step();
      sentAway.add(new long[] {time.getAsLong(), ended() - before});
      before = ended();
    }
    long shareOfASecond =
        Math.round((1_000.0 + Departures.MAX_STEP_MILLIS) * count / duration.toMillis()) + 1;
    for (int from = 0; from < sentAway.size(); from++) {
      long start = sentAway.get(from)[0];
      long inASecond =
          sentAway.stream()
              .filter(each -> each[0] >= start && each[0] < start + 1_000)
              .mapToLong(each -> each[1])
              .sum();
      assertTrue(inASecond <= shareOfASecond, inASecond + " left");
    }
  }

  @Test
  void takesTheWholeDurationAndNoMore() {
    connect(100);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(10));
    drain.begin();
    pass(drain, TICK.multipliedBy(2), TICK);
    pass(drain, Duration.ofSeconds(5), TICK);
    assertEquals(50, ended(), 2);
    pass(drain, Duration.ofMillis(4_800), TICK);
    assertTrue(ended() < 100);
    pass(drain, Duration.ofMillis(300), TICK);
    assertEquals(100, ended());
  }

  @Test
  void aNodeThatStoodStillDoesNotMakeUpForIt() {
    connect(100);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(10));
    drain.begin();
    pass(drain, Duration.ofSeconds(1), TICK);
    long before = ended();
    pass(drain, Duration.ofSeconds(3), Duration.ofSeconds(3));
    assertTrue(ended() - before <= 2, ended() + " after " + before);
  }

  @Test
  void allAreGoneInBoundedTimeThoughNobodyLookedAfterIt() {
    connect(100);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(10));
    drain.begin();
    pass(drain, TICK.multipliedBy(2), TICK);
    pass(drain, Duration.ofSeconds(16), Duration.ofSeconds(4));
    assertEquals(100, ended());
  }

  @Test
  void aSingleClientNeedNotWait() {
    connect(1);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(10));
    drain.begin();
    pass(drain, TICK.multipliedBy(3), TICK);
    assertEquals(1, ended());
  }

  @Test
  void isDrainedWhenAllConnectionsAreClosed() {
    connect(5);
    Drain drain = drain(Duration.ZERO, Duration.ZERO);
    drain.begin();
    pass(drain, TICK.multipliedBy(3), TICK);
    await().atMost(PATIENCE).until(() -> sessions.count() == 0);
    assertTrue(drain.step());
    assertEquals(State.DRAINED, drain.state());
    assertTrue(sessions.isFull());
  }

  @Test
  void goesBackIntoServiceWithThoseWhoAreLeft() {
    connect(10);
    Drain drain = drain(Duration.ZERO, Duration.ofSeconds(10));
    drain.begin();
    pass(drain, Duration.ofSeconds(5), TICK);
    assertTrue(drain.takeBack());
    assertTrue(drain.step());
    assertEquals(State.SERVING, drain.state());
    assertEquals(List.of("stop with 0 sent away", "start"), asked);
    assertFalse(sessions.isFull());
    long left = ended();
    pass(drain, Duration.ofSeconds(10), TICK);
    assertEquals(left, ended());
  }

  @Test
  void stopsNoSourceIfItIsTakenBackWhileItIsAnnounced() {
    Drain drain = drain(Duration.ofSeconds(5), Duration.ofSeconds(10));
    drain.begin();
    pass(drain, Duration.ofSeconds(1), TICK);
    drain.takeBack();
    drain.step();
    assertEquals(List.of(), asked);
    assertEquals(State.SERVING, drain.state());
  }

  @Test
  void doesNotGoBackWhenTheProcessEnds() {
    Drain drain = drain(Duration.ZERO, Duration.ZERO);
    drain.finish();
    assertEquals(State.DRAINED, drain.state());
    assertFalse(drain.takeBack());
  }
}
