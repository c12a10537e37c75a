package io.openclaw.gateway.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.AllRights;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessDecision.Granted;
import io.openclaw.gateway.security.AccessDecision.Narrowed;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionGateTest {
  private static final AccessDecision ONLY_A =
      new Narrowed(AccessDecision.GRANTED, topic -> topic.levels().get(0).equals("a"));

  private final ManualTime time = new ManualTime();
  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, time);
  private final AllRights rights = new AllRights();
  private final OutboundPump pump =
      new OutboundPump(
          new FanOuts(Spaces.of(log), List.of(new Encodings()), 100),
          time,
          rights,
          Duration.ZERO,
          gone -> {});
  private final RecordingTransport transport = RecordingTransport.immediate();
  private final ClientSession session =
      new ClientSession("s1", Caller.UNKNOWN, transport, pump, SessionSettings.DEFAULT);

  private SubscribeRequest request(String pattern, TopicMode mode, int history, int maxRate) {
    return new SubscribeRequest(
        1L, TopicPattern.of(pattern), log.head(), null, history, mode, maxRate, null);
  }

  private void subscribe(String pattern) {
    session.subscribe(List.of(request(pattern, TopicMode.EVENTS, 0, 0)));
  }

  private void publish(String... topics) {
    List<Draft> drafts = new ArrayList<>();
    for (String topic : topics) {
      drafts.add(draft(topic));
    }
    log.append(drafts);
  }

  private static Draft draft(String topic) {
    return new Draft(TopicName.of(topic), null, new Payload.Json("1"), false, null, null);
  }

  private void turn() {
    while (pump.work()) {
      // Until there is nothing to do.
    }
  }

  /** The topics of what was delivered. */
  private List<String> delivered() {
    return transport.messages().stream()
        .filter(message -> message.getString("op").equals("pub"))
        .map(message -> message.getString("topic"))
        .toList();
  }

  private JsonObject last(String op) {
    return transport.messages().stream()
        .filter(message -> message.getString("op").equals(op))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void aSubscriptionGrantedBeforeAChangeThatComesAfterItIsDecidedAnew() {
    pump.add(session);
    session.recheck();
    subscribe("a");
    rights.refuseAll();
    turn();
    publish("a");
    turn();
    assertEquals("forbidden", last("error").getString("code"));
    assertEquals("not any more", last("error").getString("message"));
    assertEquals(List.of(), delivered());
  }

  @Test
  void aNarrowedSubscriptionBringsItsPartAndSaysSo() {
    pump.add(session);
    rights.decide((who, pattern) -> ONLY_A);
    subscribe("#");
    turn();
    publish("a", "b", "a/x", "b/x");
    turn();
    assertTrue(last("subscribed").getBoolean("narrowed"));
    assertEquals(List.of("a", "a/x"), delivered());
  }

  @Test
  void thePastIsNarrowedToo() {
    pump.add(session);
    publish("a", "b", "a/x", "b/x");
    rights.decide((who, pattern) -> ONLY_A);
    session.subscribe(
        List.of(
            request("#", TopicMode.EVENTS, 10, 0),
            new SubscribeRequest(
                2L,
                TopicPattern.of("+/x"),
                log.head(),
                log.head().at(0),
                0,
                TopicMode.EVENTS,
                0,
                null),
            request("+", TopicMode.LATEST, 0, 0)));
    turn();
    assertTrue(delivered().contains("a/x"));
    assertTrue(
        delivered().stream().allMatch(topic -> topic.startsWith("a")), () -> "" + delivered());
  }

  @Test
  void aCheckNarrowsAndWidensALiveSubscription() {
    pump.add(session);
    subscribe("#");
    turn();
    publish("b");
    turn();
    rights.decide((who, pattern) -> ONLY_A);
    session.recheck();
    turn();
    publish("a", "b/secret");
    turn();
    rights.decide((who, pattern) -> AccessDecision.GRANTED);
    session.recheck();
    turn();
    publish("b/again");
    turn();
    assertEquals(List.of("b", "a", "b/again"), delivered());
  }

  @Test
  void whatWaitsOfThePastIsNarrowedByACheck() {
    pump.add(session);
    publish("a", "b", "a/x", "b/x");
    session.subscribe(List.of(request("#", TopicMode.EVENTS, 10, 0)));
    rights.decide((who, pattern) -> ONLY_A);
    session.recheck();
    turn();
    assertEquals(List.of("a", "a/x"), delivered());
  }

  @Test
  void whatWaitsForItsPaceIsNarrowedByACheck() {
    pump.add(session);
    session.subscribe(List.of(request("#", TopicMode.LATEST, 0, 5)));
    turn();
    publish("a", "b", "a/x");
    turn();
    rights.decide((who, pattern) -> ONLY_A);
    session.recheck();
    turn();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              turn();
              return delivered().contains("a/x");
            });
    assertEquals(List.of("a", "a/x"), delivered());
  }

  @Test
  void theBoundOfTheDecisionThatCountsHolds() {
    pump.add(session);
    rights.decide((who, pattern) -> new Granted(7));
    session.subscribe(List.of(request("a", TopicMode.LATEST, 0, 100)));
    turn();
    assertEquals(7, last("subscribed").getInt("maxRate"));
  }

  @Test
  void whoIsRevokedWhileSigningInIsSentAway() {
    pump.add(session);
    rights.revoke(identity -> identity.user().equals("ann"));
    session.identity(new Identity("ann", Set.of(), Map.of(), null, null));
    turn();
    assertEquals(4503, transport.closeCode());
  }
}
