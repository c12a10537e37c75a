package io.openclaw.gateway.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FanOutsTest {
  private final Spaces spaces =
      Spaces.of(
          new SpaceSettings(Map.of("iot", List.of("iot"))),
          name -> new MemoryTopicLog(name, LogSettings.DEFAULT, System::currentTimeMillis));
  private final FanOuts fanOuts = new FanOuts(spaces, Encodings.of(spaces), 100);
  private final Received subscriber = new Received();
  private final InterestsBySpace interests = new InterestsBySpace(subscriber);

  private void publish(String... topics) {
    spaces.append(Stream.of(topics).map(FanOutsTest::draft).toList());
    while (fanOuts.advance(0) > 0) {
      // until it is at the heads
    }
  }

  private static Draft draft(String topic) {
    return new Draft(TopicName.of(topic), null, new Payload.Json("1"), false, null, null);
  }

  private SubscribeRequest request(String pattern, @Nullable Position since) {
    TopicPattern parsed = TopicPattern.of(pattern);
    Position head = spaces.of(parsed).log().head();
    return new SubscribeRequest(null, parsed, head, since, 0, TopicMode.EVENTS, 0, null);
  }

  private void subscribe(String... patterns) {
    fanOuts.subscribe(
        interests, Stream.of(patterns).map(pattern -> request(pattern, null)).toList());
    subscriber.messages.clear();
  }

  @Test
  void offersThePublicationsOfEachSpaceWithItsName() {
    subscribe("a", "iot/1");
    publish("iot/1", "a", "iot/1");
    assertEquals(
        List.of(
            "{\"op\":\"pub\",\"topic\":\"a\",\"offset\":1,\"time\":0,\"data\":1}",
            "{\"op\":\"pub\",\"topic\":\"iot/1\",\"offset\":1,\"time\":0,\"data\":1,\"space\":\"iot\"}",
            "{\"op\":\"pub\",\"topic\":\"iot/1\",\"offset\":2,\"time\":0,\"data\":1,\"space\":\"iot\"}"),
        subscriber.messages);
  }

  @Test
  void aPatternThatBeginsWithAWildcardGetsNothingOfOtherSpaces() {
    subscribe("#", "+/1");
    publish("iot/1", "a/1", "iot/2", "b");
    assertEquals(List.of("a/1", "b"), subscriber.topics());
  }

  @Test
  void aPublicationComesOnceWhateverItsOffsetIsElsewhere() {
    subscribe("a", "iot/#", "iot/1");
    publish("a");
    publish("iot/1");
    publish("iot/1", "a");
    assertEquals(List.of("a", "iot/1", "a", "iot/1"), subscriber.topics());
  }

  @Test
  void resumesInEachSpaceSinceItsOwnPosition() {
    publish("a", "iot/1", "a", "iot/2", "a", "iot/3");
    SubscribeRequest first = request("a", new Position("default", 2));
    SubscribeRequest second = request("iot/#", new Position("iot", 1));
    fanOuts.subscribe(interests, List.of(second, first));
    assertEquals(List.of("a", "a", "a", "iot/#", "iot/2", "iot/3", "iot/#"), subscriber.topics());
  }

  @Test
  void aPositionOfAnotherSpaceIsOneOfAnotherEpoch() {
    publish("iot/1", "a");
    fanOuts.subscribe(interests, List.of(request("iot/1", new Position("default", 1))));
    assertEquals(
        List.of("subscribed", "gap", "pub", "live"),
        subscriber.messages.stream().map(FanOutsTest::op).toList());
  }

  private static String op(String message) {
    return message.replaceFirst(".*?\"op\":\"(\\w+)\".*", "$1");
  }

  @Test
  void isServedInEachSpaceToWhereItsLogWasRead() {
    subscribe("a", "iot/1");
    publish("a", "iot/7", "iot/8");
    assertEquals(
        List.of(
            new Served(null, new Position("default", 1)),
            new Served("iot", new Position("iot", 2))),
        fanOuts.servedTo(interests));
    unsubscribe("a");
    assertEquals(List.of(new Served("iot", new Position("iot", 2))), fanOuts.servedTo(interests));
  }

  private void unsubscribe(String pattern) {
    fanOuts.unsubscribe(
        interests,
        TopicPattern.of(pattern),
        new ServerMessage.Unsubscribed(null, pattern, null, null));
  }

  @Test
  void aSubscriptionEndsInItsOwnSpaceAlone() {
    subscribe("a", "iot/1");
    unsubscribe("iot/1");
    publish("a", "iot/1");
    assertEquals(List.of("iot/1", "a"), subscriber.topics());
    assertEquals(List.of(TopicPattern.of("a")), interests.patterns());
  }

  @Test
  void narrowsASubscriptionInItsSpace() {
    subscribe("a/#", "iot/#");
    fanOuts.narrow(interests, TopicPattern.of("iot/#"), topic -> topic.toString().equals("iot/1"));
    publish("a/1", "iot/1", "iot/2", "a/2");
    assertEquals(List.of("a/1", "a/2", "iot/1"), subscriber.topics());
  }

  @Test
  void nothingIsOfferedToOneThatIsGone() {
    subscribe("a", "iot/1");
    fanOuts.remove(interests);
    publish("a", "iot/1");
    assertEquals(List.of(), subscriber.messages);
    assertEquals(List.of(), interests.patterns());
  }

  @Test
  void keepsNothingForASpaceInWhichNothingWasWanted() {
    assertNull(interests.known(0));
    subscribe("iot/1");
    assertNull(interests.known(0));
    assertNull(new InterestsBySpace(subscriber).known(1));
  }

  /** Takes everything. */
  private static final class Received implements Subscriber {
    final List<String> messages = new ArrayList<>();

    List<String> topics() {
      return messages.stream()
          .map(message -> message.replaceFirst(".*?\"topic\":\"([^\"]+)\".*", "$1"))
          .toList();
    }

    @Override
    public String id() {
      return "s1";
    }

    @Override
    public void offer(Outgoing message) {
      messages.add(message.json().replaceFirst("\"time\":\\d+", "\"time\":0"));
    }

    @Override
    public void offerLatest(Outgoing message, ConflationKey key) {
      offer(message);
    }

    @Override
    public void restart() {
      messages.add("restart");
    }

    @Override
    public boolean hasRoom() {
      return true;
    }
  }
}
