package io.openclaw.gateway.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.fake.MortalLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log begins another life at the worst moments. */
class LivesTest {
  private static final TopicPattern PATTERN = TopicPattern.of("a");

  private final MortalLog mortal = new MortalLog("a");
  private final TopicLog log = mortal.log();
  private final Encodings encodings = new Encodings();
  private final FanOut fanOut = new FanOut(Space.only(log), encodings, 100);
  private final Received subscriber = new Received();
  private final Interests interests = new Interests(subscriber);

  private static SubscribeRequest request(TopicLog log, @Nullable Position since) {
    return new SubscribeRequest(null, PATTERN, log.head(), since, 0, TopicMode.EVENTS, 0, null);
  }

  private void serve(FanOut served) {
    for (int i = 0; i < 5; i++) {
      served.advance(0);
      served.catchUp();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"readAfter", "epoch"})
  void aLiveSubscriberGetsNothingOfTheNextLifeBeforeItComesBack(String look) {
    mortal.append(5);
    serve(fanOut);
    fanOut.subscribe(interests, List.of(request(log, null)));
    mortal.append(3);
    mortal.dieAfter(look);
    serve(fanOut);
    assertEquals(List.of("subscribed", "live"), subscriber.words().subList(0, 2));
    assertEquals(0, subscriber.mentions("e2"), subscriber.messages::toString);
    assertEquals(1, subscriber.mentions("restart"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"readAfter", "floor", "epoch"})
  void oneThatCatchesUpGetsNothingOfTheNextLifeAndIsNotLive(String look) {
    mortal.append(15);
    serve(fanOut);
    subscriber.room = false;
    fanOut.subscribe(interests, List.of(request(log, new Position("e1", 2))));
    subscriber.room = true;
    mortal.dieAfter(look);
    fanOut.catchUp();
    serve(fanOut);
    assertEquals(0, subscriber.mentions("e2"), subscriber.messages::toString);
    assertEquals(1, subscriber.mentions("restart"));
    assertEquals("restart", subscriber.messages.get(subscriber.messages.size() - 1));
  }

  @Test
  void whatWasEncodedInOneLifeIsNotSentInTheNext() {
    FanOut second = new FanOut(Space.only(log), encodings, 100);
    fanOut.subscribe(interests, List.of(request(log, null)));
    mortal.append(25);
    serve(fanOut);
    assertEquals(25, subscriber.mentions("\"data\":\"e1\""));
    mortal.dieAfter("epoch");
    serve(fanOut);
    serve(second);
    for (FanOut each : List.of(fanOut, second)) {
      Received later = new Received();
      each.subscribe(new Interests(later), List.of(request(log, new Position("e2", 0))));
      serve(each);
      assertEquals(20, later.mentions("\"data\":\"e2\""));
      assertEquals(0, later.mentions("e1"));
    }
  }

  @Test
  void whoSubscribesWhileTheLogIsBeingReadHasToComeBack() {
    mortal.append(3);
    serve(fanOut);
    mortal.live("");
    fanOut.subscribe(interests, List.of(request(log, new Position("e1", 3))));
    serve(fanOut);
    assertEquals(List.of("restart"), subscriber.messages);
  }

  @Test
  void whoSubscribesOnceItWasReadIsLiveThoughFanOutHasNotSeenItYet() {
    mortal.live("");
    serve(fanOut);
    mortal.live("e2");
    mortal.append(3);
    fanOut.subscribe(interests, List.of(request(log, new Position("e2", 0))));
    serve(fanOut);
    assertEquals(List.of("subscribed", "pub", "pub", "pub", "live"), subscriber.words());
  }

  /** Remembers what it is offered, until it has to come back. */
  private static final class Received implements Subscriber {
    final List<String> messages = new ArrayList<>();
    boolean room = true;
    private boolean gone;

    List<String> words() {
      return messages.stream()
          .map(message -> message.replaceFirst(".*?\"op\":\"(\\w+)\".*", "$1"))
          .toList();
    }

    long mentions(String word) {
      return messages.stream().filter(message -> message.contains(word)).count();
    }

    @Override
    public String id() {
      return "s1";
    }

    @Override
    public void offer(Outgoing message) {
      if (!gone) {
        messages.add(message.json());
      }
    }

    @Override
    public void offerLatest(Outgoing message, ConflationKey key) {
      offer(message);
    }

    @Override
    public void restart() {
      if (!gone) {
        messages.add("restart");
      }
      gone = true;
    }

    @Override
    public boolean hasRoom() {
      return room && !gone;
    }
  }
}
