package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.subscription.ConflationKey;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
  private static final OutboundSettings SETTINGS =
      new OutboundSettings(16, 2_000, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);

  private final Runs runs = new Runs();
  private final OutboundQueue queue = new OutboundQueue(SETTINGS, runs);

  private static Outgoing message(long number) {
    return Outgoing.of(new ServerMessage.Pong(null, number));
  }

  private static Outgoing large(int chars) {
    Payload payload = new Payload.Json('"' + "x".repeat(chars) + '"');
    return Outgoing.of(new Publication(1, 0, TopicName.of("a"), null, payload, false, null, null));
  }

  @Test
  void givesASingleMessageAsAnObject() {
    queue.offer(message(1));
    assertEquals("{\"op\":\"pong\",\"time\":1}", queue.take().text());
    assertTrue(queue.isEmpty());
  }

  @Test
  void givesSeveralMessagesAsAnArrayInTheirOrder() {
    queue.offer(message(1));
    queue.offer(message(2));
    queue.offer(message(3));
    assertEquals(
        "[{\"op\":\"pong\",\"time\":1},{\"op\":\"pong\",\"time\":2},{\"op\":\"pong\",\"time\":3}]",
        queue.take().text());
  }

  @Test
  void givesUrgentMessagesFirst() {
    queue.offer(message(1));
    queue.offerUrgent(message(2));
    queue.offerUrgent(message(3));
    assertEquals(
        "[{\"op\":\"pong\",\"time\":2},{\"op\":\"pong\",\"time\":3},{\"op\":\"pong\",\"time\":1}]",
        queue.take().text());
  }

  private static Outgoing published(String topic, long offset) {
    return Outgoing.of(
        new Publication(
            offset, 0, TopicName.of(topic), null, new Payload.Json("1"), false, null, null));
  }

  private boolean offerLatest(String topic, long offset) {
    return queue.offerLatest(
        published(topic, offset), new ConflationKey(TopicName.of(topic), null));
  }

  private List<String> taken() {
    return RecordingTransport.parse(queue.take().text()).stream()
        .map(message -> message.getString("topic") + message.getInt("offset"))
        .toList();
  }

  @Test
  void givesTheNewestValueAtThePlaceWhereThatWasOffered() {
    offerLatest("a", 1);
    queue.offer(published("x", 2));
    offerLatest("b", 3);
    queue.offer(published("x", 4));
    offerLatest("a", 5);
    queue.offer(published("x", 6));
    assertEquals(List.of("x2", "b3", "x4", "a5", "x6"), taken());
    offerLatest("a", 7);
    assertEquals(List.of("a7"), taken());
  }

  @Test
  void keepsTheOrderOfEachSpaceWhateverTheOffsetsOfOthers() {
    queue.offer(published("busy", 1_000));
    offerLatest("quiet", 3);
    queue.offer(published("busy", 1_001));
    queue.offer(published("quiet", 4));
    offerLatest("busy", 1_002);
    queue.offer(published("quiet", 5));
    assertEquals(
        List.of("busy1000", "quiet3", "busy1001", "quiet4", "busy1002", "quiet5"), taken());
  }

  @Test
  void hasNothingToGiveWhenItIsEmpty() {
    assertTrue(queue.isEmpty());
    assertEquals(0, queue.count());
    assertEquals(0, queue.bytes());
  }

  @Test
  void takesSoManyMessagesAndNoMore() {
    for (int i = 0; i < 16; i++) {
      assertTrue(queue.offer(message(i)));
    }
    assertFalse(queue.offer(message(16)));
    assertFalse(queue.offerUrgent(message(16)));
    assertEquals(16, queue.count());
    queue.take();
    assertTrue(queue.offer(message(16)));
  }

  @Test
  void takesSoManyBytesAndNoMore() {
    assertTrue(queue.offer(large(1_000)));
    assertFalse(queue.offer(large(1_000)));
    assertTrue(queue.offer(large(500)));
    assertTrue(queue.bytes() <= 2_000);
  }

  @Test
  void takesAMessageLargerThanItselfOnlyIfItIsEmpty() {
    assertTrue(queue.offer(large(10_000)));
    assertFalse(queue.offer(message(1)));
    queue.take();
    queue.offer(message(1));
    assertFalse(queue.offer(large(10_000)));
  }

  @Test
  void hasRoomWhileHalfOfItIsFree() {
    for (int i = 0; i < 8; i++) {
      queue.offer(message(i));
    }
    assertTrue(queue.hasRoom());
    queue.offer(message(8));
    assertFalse(queue.hasRoom());
    queue.clear();
    queue.offer(large(1_500));
    assertFalse(queue.hasRoom());
  }

  @Test
  void sharesTheFrameWithAQueueThatWasOfferedTheSame() {
    OutboundQueue other = new OutboundQueue(SETTINGS, runs);
    for (int i = 0; i < 3; i++) {
      Outgoing message = message(i);
      queue.offer(message);
      other.offer(message);
    }
    assertSame(queue.take(), other.take());
  }

  @Test
  void doesNotShareTheFrameWithAQueueThatWasOfferedSomethingElse() {
    OutboundQueue other = new OutboundQueue(SETTINGS, runs);
    Outgoing first = message(1);
    queue.offer(first);
    other.offer(first);
    queue.offer(message(2));
    other.offer(message(3));
    Frame mine = queue.take();
    Frame theirs = other.take();
    assertNotSame(mine, theirs);
    assertEquals("[{\"op\":\"pong\",\"time\":1},{\"op\":\"pong\",\"time\":2}]", mine.text());
    assertEquals("[{\"op\":\"pong\",\"time\":1},{\"op\":\"pong\",\"time\":3}]", theirs.text());
  }

  @Test
  void aQueueThatBeganLaterGetsOnlyWhatItWasOffered() {
    OutboundQueue late = new OutboundQueue(SETTINGS, runs);
    Outgoing second = message(2);
    queue.offer(message(1));
    queue.offer(second);
    late.offer(second);
    queue.take();
    assertEquals("{\"op\":\"pong\",\"time\":2}", late.take().text());
  }

  @Test
  void keepsAFrameNoLongerThanManyOthers() {
    OutboundQueue other = new OutboundQueue(SETTINGS, runs);
    Outgoing first = message(1);
    Outgoing second = message(2);
    queue.offer(first);
    other.offer(first);
    queue.offer(second);
    other.offer(second);
    Frame frame = queue.take();
    for (int i = 0; i < 100; i++) {
      queue.offer(message(i));
      queue.offer(message(i));
      queue.take();
    }
    Frame again = other.take();
    assertNotSame(frame, again);
    assertEquals(frame.text(), again.text());
  }

  @Test
  void settingsThatLeaveNoPlaceAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutboundSettings(15, 2_000, second, second, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutboundSettings(16, 1_000, second, second, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OutboundSettings(16, 2_000, Duration.ZERO, second, Duration.ZERO));
  }
}
