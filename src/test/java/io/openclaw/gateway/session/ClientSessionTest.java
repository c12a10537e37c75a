package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.subscription.Encodings;
import io.openclaw.gateway.subscription.FanOuts;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One session on a pump that turns only when it is told to. */
class ClientSessionTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final SessionSettings SETTINGS =
      new SessionSettings(
          HEARTBEAT,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          1 << 16,
          100,
          3,
          50,
          10,
          100,
          100,
          new SessionAge(Duration.ofHours(1), Duration.ofSeconds(1)),
          1,
          new OutboundSettings(
              20, 4096, Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ZERO));

  private static final AccessDecision REFUSED =
      new AccessDecision.Refused("forbidden", "not any more");

  private final ManualTime time = new ManualTime();
  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final List<ClientSession> forgotten = new ArrayList<>();
  private final AllRights rights = new AllRights();
  private final OutboundPump pump =
      new OutboundPump(
          new FanOuts(Spaces.of(log), List.of(new Encodings()), 100),
          time,
          rights,
          Duration.ZERO,
          forgotten::add);
  private final RecordingTransport transport = RecordingTransport.manual();
  private final ClientSession session = open(Identity.ANONYMOUS);
  private long requests;

  private ClientSession open(Identity identity) {
    ClientSession opened =
        new ClientSession("s1", new Caller(identity, "192.0.2.1"), transport, pump, SETTINGS);
    pump.add(opened);
    return opened;
  }

  private Identity identityUntil(Duration fromNow) {
    return new Identity("ada", Set.of(), Map.of(), null, time.instant().plus(fromNow));
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

  private void passAlive(Duration duration) {
    session.heard();
    pass(duration);
  }

  private SubscribeRequest request(String pattern) {
    return new SubscribeRequest(
        ++requests, TopicPattern.of(pattern), log.head(), null, 0, TopicMode.EVENTS, 0, null);
  }

  private void subscribe(String pattern) {
    session.subscribe(List.of(request(pattern)));
    turn();
  }

  private void publish(String data) {
    Payload payload = new Payload.Json(data);
    log.append(List.of(new Draft(TopicName.of("a"), null, payload, false, null, null)));
    turn();
  }

  /** Takes the writes until nothing waits. */
  private void drain() {
    turn();
    while (transport.isWriting()) {
      transport.complete();
      turn();
    }
  }

  private List<String> ops() {
    return transport.messages().stream().map(message -> message.getString("op")).toList();
  }

  private List<String> opsOfFrame(int index) {
    return RecordingTransport.parse(transport.frames().get(index)).stream()
        .map(message -> message.getString("op"))
        .toList();
  }

  private JsonObject last() {
    List<JsonObject> messages = transport.messages();
    return messages.get(messages.size() - 1);
  }

  @AfterEach
  void theTransportWasNeverMisused() {
    assertFalse(transport.wasMisused());
  }

  // Writing.

  @Test
  void hasOneWriteInFlight() {
    subscribe("a");
    publish("1");
    publish("2");
    assertEquals(1, transport.frames().size());
  }

  @Test
  void sendsTogetherWhatWaitedDuringAWrite() {
    subscribe("a");
    publish("1");
    publish("2");
    transport.complete();
    turn();
    assertEquals(2, transport.frames().size());
    assertEquals(List.of("pub", "pub"), opsOfFrame(1));
  }

  @Test
  void sendsASingleMessageAsAnObjectAndNoBatch() {
    session.send(new ServerMessage.Pong(1L, 2));
    turn();
    assertEquals("{\"op\":\"pong\",\"id\":1,\"time\":2}", transport.frames().get(0));
  }

  @Test
  void goesOnAfterACompletionInTheCallersThread() {
    RecordingTransport immediate = RecordingTransport.immediate();
    ClientSession quick = new ClientSession("s2", Caller.UNKNOWN, immediate, pump, SETTINGS);
    pump.add(quick);
    for (int i = 0; i < 1_000; i++) {
      quick.send(new ServerMessage.Pong((long) i, 0));
      turn();
    }
    assertEquals(1_000, immediate.messages().size());
    assertFalse(immediate.wasMisused());
  }

  @Test
  void isForgottenWhenASendFails() {
    subscribe("a");
    transport.fail();
    turn();
    publish("1");
    assertEquals(List.of(session), forgotten);
    assertEquals(0, pump.load());
    assertEquals(1, transport.frames().size());
  }

  @Test
  void closesAConnectionOverWhichASendFailed() {
    subscribe("a");
    transport.fail();
    turn();
    assertEquals(1011, transport.closeCode());
  }

  @Test
  void sendsASessionElsewhereThatIsAsOldAsItMayBecome() {
    time.pass(Duration.ofHours(1).minusMillis(300));
    passAlive(Duration.ZERO);
    drain();
    assertEquals(0, transport.closeCode());
    passAlive(Duration.ofMillis(1_600));
    drain();
    assertEquals(4004, transport.closeCode());
    assertTrue(last().getBoolean("reconnect"));
  }

  // Overflow.

  @Test
  void disconnectsASlowConsumerWhenItsQueueOverflows() {
    subscribe("a");
    for (int i = 0; i <= 20; i++) {
      publish("1");
    }
    drain();
    assertEquals("goodbye", last().getString("op"));
    assertEquals(4001, last().getInt("code"));
    assertTrue(last().getBoolean("reconnect"));
    assertEquals(4001, transport.closeCode());
    assertEquals("slow consumer", transport.closeReason());
    assertEquals(List.of(session), forgotten);
  }

  @Test
  void dropsWhatWaitedWhenItOverflows() {
    subscribe("a");
    for (int i = 0; i <= 20; i++) {
      publish("1");
    }
    drain();
    assertEquals(List.of("subscribed", "live", "goodbye"), ops());
  }

  @Test
  void overflowsByBytesToo() {
    subscribe("a");
    publish("\"" + "x".repeat(3_000) + "\"");
    publish("\"" + "x".repeat(3_000) + "\"");
    drain();
    assertEquals(4001, transport.closeCode());
  }

  @Test
  void oneMessageLargerThanTheQueueStillGoes() {
    subscribe("a");
    drain();
    publish("\"" + "x".repeat(10_000) + "\"");
    drain();
    assertEquals(0, transport.closeCode());
    assertEquals("pub", last().getString("op"));
  }

  @Test
  void aSlowConsumerCostsItsNeighbourNothing() {
    RecordingTransport immediate = RecordingTransport.immediate();
    ClientSession quick = new ClientSession("s2", Caller.UNKNOWN, immediate, pump, SETTINGS);
    pump.add(quick);
    quick.subscribe(List.of(request("a")));
    subscribe("a");
    for (int i = 0; i < 30; i++) {
      publish("1");
    }
    assertEquals(
        30, immediate.messages().stream().filter(m -> m.getString("op").equals("pub")).count());
    assertEquals(0, immediate.closeCode());
  }

  // Disconnecting.

  @Test
  void saysGoodbyeAndThenCloses() {
    session.disconnect(DisconnectReason.RESTART);
    turn();
    assertEquals(List.of("goodbye"), ops());
    assertEquals(0, transport.closeCode());
    transport.complete();
    turn();
    assertEquals(4000, transport.closeCode());
  }

  @Test
  void saysGoodbyeAfterTheWriteThatIsInFlight() {
    subscribe("a");
    publish("1");
    session.disconnect(DisconnectReason.FORBIDDEN);
    turn();
    assertEquals(1, transport.frames().size());
    drain();
    assertEquals(List.of("subscribed", "live", "goodbye"), ops());
    assertEquals(4503, transport.closeCode());
    assertFalse(last().getBoolean("reconnect"));
  }

  @Test
  void whatWaitsLeavesBeforeTheGoodbyeOfARestart() {
    subscribe("a");
    publish("1");
    session.send(new ServerMessage.Pong(1L, 2));
    session.disconnect(DisconnectReason.DRAIN);
    drain();
    assertEquals(List.of("subscribed", "live", "pong", "pub", "goodbye"), ops());
    assertEquals(4000, transport.closeCode());
  }

  @Test
  void saysGoodbyeToAClientWhoseQueueIsFull() {
    subscribe("a");
    for (int i = 0; i < 20; i++) {
      publish("1");
    }
    session.disconnect(DisconnectReason.DRAIN);
    drain();
    assertEquals(List.of("subscribed", "live", "goodbye"), ops());
    assertEquals(4000, transport.closeCode());
  }

  @Test
  void closesWithoutGoodbyeIfTheWriteInFlightIsNeverTaken() {
    subscribe("a");
    session.disconnect(DisconnectReason.RESTART);
    turn();
    pass(Duration.ofSeconds(3));
    assertEquals(4000, transport.closeCode());
    assertEquals(List.of("subscribed", "live"), ops());
    assertEquals(List.of(session), forgotten);
  }

  @Test
  void theFirstReasonCounts() {
    session.disconnect(DisconnectReason.RATE);
    session.disconnect(DisconnectReason.FORBIDDEN);
    drain();
    assertEquals(4029, transport.closeCode());
    assertEquals(1, ops().size());
  }

  @Test
  void carriesNothingOutAfterItWasToldToLeave() {
    session.disconnect(DisconnectReason.RESTART);
    session.send(new ServerMessage.Pong(1L, 2));
    subscribe("a");
    publish("1");
    drain();
    assertEquals(List.of("goodbye"), ops());
  }

  @Test
  void isForgottenOnceWhenTheConnectionCloses() {
    subscribe("a");
    session.connectionClosed();
    session.connectionClosed();
    transport.fail();
    publish("1");
    assertEquals(List.of(session), forgotten);
    assertEquals(1, transport.frames().size());
    assertEquals(0, transport.closeCode());
  }

  // Bounds.

  @Test
  void refusesSubscriptionsBeyondItsBoundAndKeepsTheOthers() {
    session.subscribe(List.of(request("a"), request("b"), request("c"), request("d")));
    drain();
    JsonObject error =
        transport.messages().stream()
            .filter(m -> m.getString("op").equals("error"))
            .findFirst()
            .orElseThrow();
    assertEquals("limit_exceeded", error.getString("code"));
    assertEquals(4, error.getInt("id"));
    assertEquals(3, ops().stream().filter("live"::equals).count());
  }

  @Test
  void takesAPatternAgainAtItsBound() {
    session.subscribe(List.of(request("a"), request("b"), request("c")));
    subscribe("a");
    drain();
    assertFalse(ops().contains("error"));
  }

  @Test
  void countsAPatternThatComesTwiceInOneFrameOnce() {
    session.subscribe(List.of(request("a"), request("a"), request("b"), request("c")));
    drain();
    assertFalse(ops().contains("error"));
  }

  @Test
  void aPlaceIsFreeAgainAfterUnsubscribing() {
    session.subscribe(List.of(request("a"), request("b"), request("c")));
    session.unsubscribe(9L, TopicPattern.of("a"));
    subscribe("d");
    drain();
    assertFalse(ops().contains("error"));
  }

  @Test
  void disconnectsAClientThatAsksFasterThanItIsServed() {
    for (int i = 0; i <= 50; i++) {
      session.subscribe(List.of());
    }
    drain();
    assertEquals(4029, transport.closeCode());
  }

  // Subscriptions.

  @Test
  void answersAnUnsubscribeOfWhatItIsNotSubscribedTo() {
    session.unsubscribe(5L, TopicPattern.of("a/+"));
    turn();
    assertEquals("{\"op\":\"unsubscribed\",\"id\":5,\"topic\":\"a/+\"}", transport.frames().get(0));
  }

  @Test
  void endsWhatIsNotGrantedAnyMoreAndNothingElse() {
    session.subscribe(List.of(request("a"), request("b")));
    turn();
    rights.decide(
        (who, pattern) -> pattern.toString().equals("a") ? REFUSED : AccessDecision.GRANTED);
    session.recheck();
    publish("1");
    drain();
    assertEquals("unsubscribed", last().getString("op"));
    assertEquals("a", last().getString("topic"));
    assertEquals("forbidden", last().getString("code"));
    assertEquals("not any more", last().getString("message"));
    assertFalse(last().getBoolean("retry"));
  }

  // Clocks.

  @Test
  void disconnectsAClientThatDoesNotTakeAWriteForTheStallTimeout() {
    subscribe("a");
    passAlive(Duration.ofSeconds(15));
    assertEquals(0, transport.closeCode());
    passAlive(Duration.ofMillis(300));
    passAlive(Duration.ofSeconds(3));
    assertEquals(4001, transport.closeCode());
  }

  @Test
  void disconnectsAClientThatIsNotHeardForTwoHeartbeats() {
    drain();
    pass(HEARTBEAT.multipliedBy(2));
    drain();
    assertEquals(0, transport.closeCode());
    pass(Duration.ofMillis(300));
    drain();
    assertEquals(4002, transport.closeCode());
  }

  @Test
  void disconnectsAClientWhoseMessageDoesNotEndForTheMessageTimeout() {
    session.heardPart(false);
    for (int i = 0; i < 30; i++) {
      session.heardPart(false);
      passAlive(Duration.ofSeconds(1));
      drain();
    }
    assertEquals(0, transport.closeCode());
    passAlive(Duration.ofMillis(300));
    drain();
    assertEquals(4002, transport.closeCode());
  }

  @Test
  void aMessageInPartsThatEndsInTimeIsNoReasonToGo() {
    for (int i = 0; i < 5; i++) {
      session.heardPart(false);
      passAlive(Duration.ofSeconds(29));
      session.heardPart(true);
      drain();
    }
    assertEquals(0, transport.closeCode());
  }

  @Test
  void sendsAPingFrameToAClientThatIsSilentForAHeartbeat() {
    pass(HEARTBEAT.minusMillis(1));
    assertEquals(0, transport.pings());
    pass(Duration.ofMillis(300));
    assertEquals(1, transport.pings());
  }

  @Test
  void aClientThatAnswersPingsStays() {
    for (int i = 0; i < 10; i++) {
      pass(HEARTBEAT);
      drain();
      session.heard();
    }
    assertEquals(0, transport.closeCode());
    assertEquals(10, transport.pings());
  }

  @Test
  void sendsAPingMessageAfterAHeartbeatWithoutAnyOther() {
    session.send(new ServerMessage.Pong(1L, 2));
    drain();
    passAlive(HEARTBEAT.minusMillis(300));
    assertEquals(1, transport.frames().size());
    passAlive(Duration.ofMillis(300));
    assertEquals("{\"op\":\"ping\"}", transport.frames().get(1));
  }

  @Test
  void aPingTellsUpToWhereTheLogHasBeenDelivered() {
    subscribe("quiet");
    drain();
    publish("1");
    assertEquals("{\"op\":\"ping\",\"epoch\":\"e\",\"offset\":1}", pingAfterSilence());
    subscribe("a");
    publish("2");
    drain();
    assertEquals("{\"op\":\"ping\",\"epoch\":\"e\",\"offset\":2}", pingAfterSilence());
  }

  @Test
  void aPingTellsNoPositionToASessionWithoutSubscriptions() {
    subscribe("a");
    drain();
    session.unsubscribe(null, TopicPattern.of("a"));
    publish("1");
    drain();
    assertEquals("{\"op\":\"ping\"}", pingAfterSilence());
  }

  private String pingAfterSilence() {
    int before = transport.frames().size();
    passAlive(HEARTBEAT);
    drain();
    assertEquals(before + 1, transport.frames().size());
    return transport.frames().get(before);
  }

  @Test
  void disconnectsASessionThatDoesNotSignInWhereItMust() {
    rights.serveUsersOnly();
    passAlive(Duration.ofSeconds(10));
    assertEquals(0, transport.frames().size());
    passAlive(Duration.ofMillis(300));
    drain();
    assertEquals(4501, transport.closeCode());
  }

  @Test
  void aSessionThatSignedInInTimeStays() {
    rights.serveUsersOnly();
    session.identity(identityUntil(Duration.ofHours(1)));
    passAlive(Duration.ofSeconds(11));
    drain();
    assertEquals(0, transport.closeCode());
  }

  @Test
  void tellsOnceThatATokenEndsSoon() {
    session.identity(identityUntil(Duration.ofSeconds(70)));
    passAlive(Duration.ofSeconds(9));
    drain();
    assertFalse(ops().contains("expiring"));
    passAlive(Duration.ofSeconds(1));
    drain();
    passAlive(Duration.ofSeconds(5));
    drain();
    assertEquals(1, ops().stream().filter("expiring"::equals).count());
    JsonObject expiring =
        transport.messages().stream()
            .filter(m -> m.getString("op").equals("expiring"))
            .findFirst()
            .orElseThrow();
    assertEquals(time.getAsLong() + 55_000, expiring.getJsonNumber("expires").longValue());
  }

  @Test
  void disconnectsWhenTheTokenEnds() {
    session.identity(identityUntil(Duration.ofSeconds(5)));
    passAlive(Duration.ofSeconds(5));
    drain();
    assertEquals(4003, transport.closeCode());
    assertTrue(last().getBoolean("reconnect"));
  }

  @Test
  void staysForTheClockSkewAfterTheEndOfItsToken() {
    Instant end = time.instant().minusSeconds(10);
    Identity late = new Identity("ada", Set.of(), Map.of(), null, end, end.plusSeconds(30));
    session.identity(late);
    passAlive(Duration.ofMillis(19_750));
    drain();
    assertEquals(0, transport.closeCode());
    assertTrue(ops().contains("expiring"));
    passAlive(Duration.ofMillis(250));
    drain();
    assertEquals(4003, transport.closeCode());
  }

  @Test
  void aRenewedTokenCountsFromThenOn() {
    session.identity(identityUntil(Duration.ofSeconds(5)));
    passAlive(Duration.ofSeconds(3));
    session.identity(identityUntil(Duration.ofSeconds(65)));
    passAlive(Duration.ofSeconds(10));
    drain();
    assertEquals(0, transport.closeCode());
    assertEquals(2, ops().stream().filter("expiring"::equals).count());
  }
}
