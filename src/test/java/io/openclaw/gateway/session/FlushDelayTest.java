package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.subscription.Encodings;
import io.openclaw.gateway.subscription.FanOuts;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pump with a flush delay of 10 ms that turns only when it is told to. */
class FlushDelayTest {
  private static final Duration DELAY = Duration.ofMillis(10);

  private final ManualTime time = new ManualTime();
  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final OutboundPump pump =
      new OutboundPump(
          new FanOuts(Spaces.of(log), List.of(new Encodings()), 100),
          time,
          new AllRights(),
          DELAY,
          session -> {});
  private final RecordingTransport transport = RecordingTransport.immediate();
  private int before;

  /** Frames since the subscription. */
  private int frames() {
    return transport.frames().size() - before;
  }

  private void turn() {
    while (pump.work()) {
      // Until there is nothing to do.
    }
  }

  private void pass(Duration duration) {
    time.pass(duration);
    turn();
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      Payload payload = new Payload.Json(Integer.toString(i));
      log.append(List.of(new Draft(TopicName.of("a"), null, payload, false, null, null)));
      turn();
    }
  }

  private void subscribe() {
    ClientSession session =
        new ClientSession("s1", Caller.UNKNOWN, transport, pump, SessionSettings.DEFAULT);
    pump.add(session);
    session.subscribe(
        List.of(
            new SubscribeRequest(
                1L, TopicPattern.of("a"), log.head(), null, 0, TopicMode.EVENTS, 0, null)));
    turn();
    pass(DELAY);
    before = transport.frames().size();
  }

  @Test
  void whatComesWithinTheDelayLeavesInOneFrame() {
    subscribe();
    publish(3);
    time.pass(Duration.ofMillis(9));
    publish(1);
    assertEquals(0, frames());
    pass(Duration.ofMillis(1));
    assertEquals(1, frames());
    String frame = transport.frames().get(before);
    assertEquals(4, RecordingTransport.parse(frame).size());
  }

  @Test
  void theDelayBeginsWithTheFirstThatWaits() {
    subscribe();
    publish(1);
    pass(DELAY);
    assertEquals(1, frames());
    publish(1);
    pass(Duration.ofMillis(9));
    assertEquals(1, frames());
    pass(Duration.ofMillis(1));
    assertEquals(2, frames());
  }

  @Test
  void aQueueThatIsHalfFullIsNotDelayed() {
    subscribe();
    publish(SessionSettings.DEFAULT.outbound().maxMessages() / 2);
    assertEquals(0, frames());
    publish(1);
    assertEquals(1, frames());
  }

  @Test
  void aClockThatIsSetBackDelaysNothing() {
    subscribe();
    publish(1);
    pass(Duration.ofSeconds(-60));
    assertEquals(1, frames());
  }
}
