package io.openclaw.gateway.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatchUpTest {
  private final ForgetfulLog log = new ForgetfulLog(20);
  private final RecordingSubscriber subscriber = new RecordingSubscriber();
  private final Interests interests = new Interests(subscriber);
  private final FanOut fanOut = new FanOut(Space.only(log), new Encodings(), 100);
  private long requests;

  private void publish(String topic, int count) {
    log.append(drafts(topic, count));
  }

  private static List<Draft> drafts(String topic, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(new Draft(TopicName.of(topic), null, new Payload.Json("1"), false, null, null));
    }
    return drafts;
  }

  private void subscribe(String pattern, @Nullable Long since) {
    subscribe(request(pattern, since, 0));
  }

  private void subscribe(SubscribeRequest... asked) {
    fanOut.subscribe(interests, List.of(asked));
  }

  private SubscribeRequest request(String pattern, @Nullable Long since, int history) {
    Position head = log.head();
    return new SubscribeRequest(
        ++requests,
        TopicPattern.of(pattern),
        head,
        since == null ? null : head.at(since),
        history,
        TopicMode.EVENTS,
        0,
        null);
  }

  private void serve() {
    boolean worked = true;
    while (worked) {
      worked = fanOut.advance(0) > 0;
      worked |= fanOut.catchUp();
      worked &= subscriber.room;
    }
  }

  @Test
  void bringsWhatWasMissedThenLiveThenWhatIsNew() {
    publish("a", 3);
    serve();
    subscribe("a", 1L);
    publish("a", 1);
    serve();
    assertEquals(List.of("subscribed 1", "2", "3", "live 3", "4"), subscriber.received());
  }

  @Test
  void bringsWhatWasPublishedBetweenAskingAndSubscribing() {
    SubscribeRequest asked = request("a", null, 0);
    publish("a", 2);
    serve();
    subscribe(asked);
    serve();
    assertEquals(List.of("subscribed 0", "1", "2", "live 2"), subscriber.received());
  }

  @Test
  void isServedToWhereTheLogWasReadOnceItIsLive() {
    assertEquals(Optional.empty(), fanOut.servedTo(interests));
    publish("a", 3);
    fanOut.advance(0);
    subscriber.makeRoom(1);
    subscribe("a", 1L);
    assertEquals(Optional.empty(), fanOut.servedTo(interests));
    subscriber.makeRoom(10);
    serve();
    publish("other", 2);
    assertEquals(Optional.of(log.head().at(3)), fanOut.servedTo(interests));
    serve();
    assertEquals(Optional.of(log.head().at(5)), fanOut.servedTo(interests));
  }

  @Test
  void isServedToNoPositionWhileAValueWaitsForItsTime() {
    subscribe(
        new SubscribeRequest(
            1L, TopicPattern.of("a"), log.head(), null, 0, TopicMode.LATEST, 1, null));
    publish("a", 2);
    serve();
    assertEquals(Optional.empty(), fanOut.servedTo(interests));
    fanOut.advance(1_000_000);
    assertEquals(Optional.of(log.head()), fanOut.servedTo(interests));
  }

  @Test
  void mergesSubscriptionsOfOneFrameInLogOrder() {
    publish("a", 1);
    publish("b", 1);
    publish("a", 1);
    publish("c", 1);
    serve();
    subscribe(request("a", 0L, 0), request("b", 0L, 0), request("#", 2L, 0));
    serve();
    assertEquals(
        List.of(
            "subscribed 0",
            "subscribed 0",
            "subscribed 2",
            "1",
            "2",
            "3",
            "4",
            "live 4",
            "live 4",
            "live 4"),
        subscriber.received());
  }

  @Test
  void givesNoPublicationAgainThatAnotherSubscriptionHasBrought() {
    subscribe("#", null);
    publish("a", 3);
    serve();
    subscribe("a", 1L);
    publish("a", 1);
    serve();
    assertEquals(
        List.of("subscribed 0", "live 0", "1", "2", "3", "subscribed 1", "live 3", "4"),
        subscriber.received());
  }

  @Test
  void bringsAsEventsWhatWentAsStateOnlyAndMayHaveBeenReplaced() {
    Position head = log.head();
    subscribe(
        new SubscribeRequest(
            ++requests, TopicPattern.of("#"), head, null, 0, TopicMode.LATEST, 0, null));
    publish("a", 3);
    serve();
    subscribe("a", 0L);
    serve();
    assertEquals(
        List.of("subscribed 0", "live 0", "1", "2", "3", "subscribed 0", "1", "2", "3", "live 3"),
        subscriber.received());
  }

  @Test
  void goesOnWhereItWasWhenThePatternIsSubscribedToAgain() {
    subscribe("a", null);
    publish("a", 2);
    serve();
    publish("a", 1);
    subscribe("a", null);
    serve();
    assertEquals(
        List.of("subscribed 0", "live 0", "1", "2", "subscribed 2", "live 2", "3"),
        subscriber.received());
  }

  @Test
  void waitsWhileTheSubscriberHasNoRoom() {
    publish("a", 5);
    serve();
    subscriber.roomFor = 3;
    subscribe("a", 0L);
    serve();
    assertEquals(List.of("subscribed 0", "1", "2"), subscriber.received());
    publish("a", 2);
    subscriber.makeRoom(100);
    serve();
    assertEquals(
        List.of("subscribed 0", "1", "2", "3", "4", "5", "6", "7", "live 7"),
        subscriber.received());
  }

  @Test
  void bringsHistoryBeforeWhatIsNew() {
    publish("a", 3);
    publish("b", 3);
    serve();
    subscribe(request("#", null, 2));
    publish("b", 1);
    serve();
    assertEquals(List.of("subscribed 6", "2", "3", "5", "6", "live 6", "7"), subscriber.received());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#"})
  void namesWhatTheLogForgotBeforeItWasRead(String pattern) {
    publish("a", 25);
    serve();
    subscriber.roomFor = 1;
    subscribe(pattern, 10L);
    publish("a", 15);
    subscriber.makeRoom(100);
    serve();
    assertEquals(
        List.of("subscribed 10", "gap 11-20", "21", "22"), subscriber.received().subList(0, 4));
    assertEquals(List.of("40", "live 40"), subscriber.lastReceived(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "#"})
  void aLogThatForgetsBetweenTwoLooksLeavesNoHole(String pattern) {
    publish("a", 25);
    serve();
    log.appendAtNextLook = drafts("a", 10);
    subscribe(pattern, 10L);
    serve();
    assertEquals(List.of("subscribed 10", "gap 11-15", "16"), subscriber.received().subList(0, 3));
    assertEquals("35", subscriber.lastReceived(1).get(0));
  }

  @Test
  void aSubscriberThatIsLiveIsToldWhatTheLogForgotBeforeFanOut() {
    subscribe("a", null);
    publish("a", 1);
    serve();
    publish("a", 25);
    serve();
    assertEquals(
        List.of("subscribed 0", "live 0", "1", "gap 2-6", "7"),
        subscriber.received().subList(0, 5));
    assertEquals(List.of("26"), subscriber.lastReceived(1));
  }

  @Test
  void endsForASubscriptionThatWasTakenBack() {
    publish("a", 3);
    serve();
    subscriber.roomFor = 1;
    subscribe("a", 0L);
    unsubscribe("a");
    subscriber.makeRoom(100);
    publish("a", 1);
    serve();
    assertEquals(List.of("subscribed 0", "unsubscribed a"), subscriber.received());
  }

  @Test
  void saysUnsubscribedBehindTheAnswerThatItSubscribed() {
    publish("a", 1);
    serve();
    subscriber.roomFor = 0;
    subscribe("a", null);
    unsubscribe("a");
    subscribe("a", 0L);
    subscriber.makeRoom(100);
    serve();
    assertEquals(
        List.of("subscribed 1", "unsubscribed a", "subscribed 0", "1", "live 1"),
        subscriber.received());
  }

  @Test
  void bringsNothingOfThePastOfASubscriptionThatHasEnded() {
    publish("a", 3);
    serve();
    subscriber.roomFor = 2;
    subscribe(request("a", null, 3), request("b", null, 0));
    unsubscribe("a");
    subscriber.makeRoom(100);
    serve();
    assertEquals(
        List.of("subscribed 3", "1", "subscribed 3", "unsubscribed a", "live 3"),
        subscriber.received());
  }

  private void unsubscribe(String pattern) {
    ServerMessage answer = new ServerMessage.Unsubscribed(null, pattern, null, null);
    fanOut.unsubscribe(interests, TopicPattern.of(pattern), answer);
  }

  @Test
  void doesNotGiveBackToThePublisherWhatItDoesNotWantBack() {
    subscribe("a", null);
    log.append(
        List.of(
            new Draft(
                TopicName.of("a"), null, new Payload.Json("1"), false, null, subscriber.id())));
    publish("a", 1);
    serve();
    subscribe("b", null);
    subscribe("a", 0L);
    serve();
    assertEquals(
        List.of(
            "subscribed 0", "live 0", "2", "subscribed 2", "live 2", "subscribed 0", "2", "live 2"),
        subscriber.received());
  }

  /** A small log that can be made to grow right after somebody looked at it. */
  private static final class ForgetfulLog implements TopicLog {
    private final MemoryTopicLog log;
    private List<Draft> appendAtNextLook = List.of();

    ForgetfulLog(int maxCount) {
      LogSettings settings = new LogSettings(maxCount, 1 << 20, Duration.ofHours(1), 100, 1 << 20);
      log = new MemoryTopicLog("e", settings, new ManualTime());
    }

    private <T> T thenAppend(T seen) {
      List<Draft> drafts = appendAtNextLook;
      appendAtNextLook = List.of();
      log.append(drafts);
      return seen;
    }

    @Override
    public String epoch() {
      return log.epoch();
    }

    @Override
    public Position head() {
      return log.head();
    }

    @Override
    public long floor() {
      return thenAppend(log.floor());
    }

    @Override
    public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
      return log.append(drafts);
    }

    @Override
    public List<Publication> readAfter(long offset, int limit) {
      return thenAppend(log.readAfter(offset, limit));
    }

    @Override
    public List<Publication> readAfter(TopicName topic, long offset, int limit) {
      return thenAppend(log.readAfter(topic, offset, limit));
    }

    @Override
    public Recovery recover(Position position) {
      return log.recover(position);
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
      return log.history(query);
    }

    @Override
    public Snapshot snapshot(TopicPattern pattern) {
      return log.snapshot(pattern);
    }

    @Override
    public void listen(PublicationListener listener) {
      log.listen(listener);
    }

    @Override
    public boolean isVolatile() {
      return log.isVolatile();
    }
  }

  /** Remembers what it was offered, in short: an offset, or the word and its numbers. */
  private static final class RecordingSubscriber implements Subscriber {
    private final List<String> received = new ArrayList<>();
    private int roomFor = Integer.MAX_VALUE;
    private boolean room = true;

    void makeRoom(int more) {
      roomFor = received.size() + more;
      room = true;
    }

    List<String> received() {
      return List.copyOf(received);
    }

    List<String> lastReceived(int count) {
      return received.subList(received.size() - count, received.size());
    }

    @Override
    public String id() {
      return "s1";
    }

    @Override
    public void offer(Outgoing message) {
      received.add(inShort(message));
    }

    @Override
    public void offerLatest(Outgoing message, ConflationKey key) {
      offer(message);
    }

    @Override
    public void restart() {
      received.add("restart");
    }

    private static String inShort(Outgoing message) {
      JsonObject json = RecordingTransport.parse(message.json()).get(0);
      return switch (json.getString("op")) {
        case "pub" -> String.valueOf(json.getInt("offset"));
        case "gap" -> "gap " + json.getInt("from") + "-" + json.getInt("to");
        case "unsubscribed" -> "unsubscribed " + json.getString("topic");
        default -> json.getString("op") + " " + json.getInt("offset");
      };
    }

    @Override
    public boolean hasRoom() {
      room = received.size() < roomFor;
      return room;
    }
  }
}
