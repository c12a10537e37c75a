package io.openclaw.gateway.forward;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwarderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Caller ADA = caller("ada");
  private static final List<ForwardRule> RULES =
      List.of(
          rule("orders/open", null),
          rule("orders/#", new Forward(OutletAddress.of("jms:queue/orders"), true)),
          rule("trades/#", new Forward(OutletAddress.of("jms:queue/trades"), true)),
          rule("commands/#", new Forward(OutletAddress.of("jms:queue/orders"), false)));

  private final MemoryTopicLog log =
      new MemoryTopicLog("e1", LogSettings.DEFAULT, System::currentTimeMillis);
  private final Ingest ingest = new Ingest(log, IngestSettings.DEFAULT);
  private final AtomicLong nanos = new AtomicLong();
  private final Deadlines deadlines = new Deadlines(nanos::get);
  private final AtomicInteger ids = new AtomicInteger();
  private FaultyOutlet orders = FaultyOutlet.without();
  private final FaultyOutlet trades = FaultyOutlet.without();
  private Forwarder forwarder;
  private Publisher publisher;

  ForwarderTest() {
    use(ForwardSettings.DEFAULT);
  }

  private void use(ForwardSettings settings) {
    Outlets outlets =
        new Outlets(Map.of("jms", at -> at.rest().equals("queue/orders") ? orders : trades));
    forwarder = new Forwarder(settings, outlets, ingest, Spaces.of(log), deadlines, 1_000);
    forwarder.start(Thread::new);
    publisher =
        new Publisher(
            ingest,
            new ForwardRules(RULES),
            forwarder,
            new Provenance(List.of("org.unit", "level", "list")),
            () -> "made-" + ids.incrementAndGet());
  }

  private static ForwardSettings settings(int lanes, int maxWaiting) {
    return new ForwardSettings(
        lanes, 10, maxWaiting, 1 << 20, Duration.ofSeconds(5), 16, List.of());
  }

  @AfterEach
  void stop() {
    orders.open();
    trades.open();
    forwarder.stop(PATIENCE);
  }

  private static ForwardRule rule(String pattern, @Nullable Forward forward) {
    return new ForwardRule(TopicPattern.of(pattern), forward);
  }

  private static Caller caller(String user) {
    return new Caller(
        new Identity(
            user,
            Set.of(),
            Map.of("org", Map.of("unit", "eu"), "level", 7, "list", List.of("a")),
            null,
            null),
        "192.0.2.1");
  }

  private CompletableFuture<IngestResult> publish(
      Caller who, String session, String topic, @Nullable String id, String json) {
    SourceEvent event = new SourceEvent(topic, null, new Payload.Json(json), false, id, null);
    return publisher.publish(who, session, TopicName.of(topic), event);
  }

  private CompletableFuture<IngestResult> publish(String topic, @Nullable String id, String json) {
    return publish(ADA, "s1", topic, id, json);
  }

  private static IngestResult result(CompletableFuture<IngestResult> outcome) {
    return outcome.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static UnansweredException failure(CompletableFuture<IngestResult> outcome) {
    CompletionException e = assertThrows(CompletionException.class, () -> result(outcome));
    return assertInstanceOf(UnansweredException.class, UnansweredException.in(e));
  }

  private static String text(Payload payload) {
    return ((Payload.Json) payload).text();
  }

  private List<String> logged() {
    return log.readAfter(0, Integer.MAX_VALUE).stream().map(each -> text(each.payload())).toList();
  }

  private static List<String> texts(FaultyOutlet outlet) {
    return outlet.arrived().stream().map(each -> text(each.payload())).toList();
  }

  @Test
  void publishesOnlyWhatHasArrived() {
    orders.shut();
    CompletableFuture<IngestResult> outcome = publish("orders/1", null, "1");
    assertFalse(outcome.isDone());
    assertEquals(List.of(), logged());
    orders.open();
    assertEquals(
        1, assertInstanceOf(IngestResult.Published.class, result(outcome)).position().offset());
    assertEquals(List.of("1"), texts(orders));
    assertEquals(List.of("1"), logged());
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    assertTrue(publish("orders/open", null, "1").isDone());
    assertTrue(publish("else", null, "2").isDone());
    assertEquals(List.of(), orders.arrived());
    assertEquals(List.of("1", "2"), logged());
  }

  @Test
  void commandsAreNotPublished() {
    assertEquals(1, log.append(List.of(draft())).join().get(0).position().offset());
    IngestResult result = result(publish("commands/stop", "c1", "1"));
    assertEquals(new IngestResult.Published(log.head()), result);
    assertEquals(List.of("1"), texts(orders));
    assertEquals(1, log.head().offset());
  }

  private static Draft draft() {
    return new Draft(TopicName.of("a"), null, Payload.NONE, false, null, null);
  }

  @Test
  void whatCanNeverWorkIsNotSent() {
    IngestResult result = result(publish("orders/1", "x".repeat(1_001), "1"));
    assertEquals("bad_request", assertInstanceOf(IngestResult.Rejected.class, result).code());
    String large = '"' + "x".repeat(IngestSettings.DEFAULT.maxPayloadBytes()) + '"';
    assertInstanceOf(IngestResult.Rejected.class, result(publish("orders/1", null, large)));
    assertEquals(List.of(), orders.arrived());
  }

  @Test
  void whatIsRepeatedIsNotSentAgainButThatOfAnotherUserIs() {
    IngestResult first = result(publish("orders/1", "id", "1"));
    assertEquals(first, result(publish(ADA, "s2", "orders/1", "id", "2")));
    result(publish(caller("bob"), "s3", "orders/1", "id", "3"));
    assertEquals(List.of("1", "3"), texts(orders));
    assertEquals(List.of("1", "3"), logged());
  }

  @Test
  void whatIsRepeatedWhileItIsUnderWayHasTheSameOutcome() {
    orders.shut();
    CompletableFuture<IngestResult> first = publish("orders/1", "id", "1");
    CompletableFuture<IngestResult> second = publish(ADA, "s2", "orders/1", "id", "1");
    orders.open();
    assertEquals(result(first), result(second));
    assertEquals(List.of("1"), logged());
  }

  @Test
  void saysWhoSentItAndNothingOfTheMessageCanSayOtherwise() {
    SourceEvent event =
        new SourceEvent(
            "orders/1",
            "openclaw_user",
            new Payload.Json("{\"openclaw_user\":\"root\"}"),
            false,
            "openclaw_user=root",
            "00-root",
            null);
    result(publisher.publish(ADA, "s1", TopicName.of("orders/1"), event));
    Outbound sent = orders.arrived().get(0);
    assertEquals(
        new TreeMap<>(
            Map.of(
                "openclaw_user", "ada",
                "openclaw_issuer", "",
                "openclaw_session", "s1",
                "claim_org_unit", "eu",
                "claim_level", "7",
                "openclaw_client_event_id", "openclaw_user=root")),
        new TreeMap<>(sent.properties()));
    assertEquals(43, String.valueOf(sent.id()).length(), "a hash");
  }

  @Test
  void whoIsNobodyHasNoName() {
    result(publish(Caller.UNKNOWN, "", "orders/1", null, "1"));
    Outbound sent = orders.arrived().get(0);
    assertEquals(Map.of(), sent.properties());
    assertEquals("made-1", sent.id());
  }

  @Test
  void twoClaimsDoNotBecomeOneProperty() {
    assertThrows(
        IllegalArgumentException.class, () -> new Provenance(List.of("org.unit", "org_unit")));
  }

  @Test
  void refusesWhatFindsNoRoomAndKeepsTheRest() {
    forwarder.stop(PATIENCE);
    use(settings(1, 2));
    orders.shut();
    CompletableFuture<IngestResult> first = publish("orders/1", "1", "1");
    await().atMost(PATIENCE).until(() -> forwarder.waiting() == 0);
    List<CompletableFuture<IngestResult>> waiting =
        List.of(publish("orders/1", "2", "2"), publish("orders/1", "3", "3"));
    UnansweredException refused = failure(publish("orders/1", "4", "4"));
    assertEquals("unavailable", refused.code());
    assertEquals("too much waits to be forwarded: try again later", refused.getMessage());
    orders.open();
    result(first);
    waiting.forEach(ForwarderTest::result);
    result(publish("orders/1", "4", "4"));
    assertEquals(List.of("1", "2", "3", "4"), texts(orders));
    ForwardCounters.Counts all = new ForwardCounters.Counts(4, 0, 1);
    await().atMost(PATIENCE).until(() -> forwarder.counters().counts().equals(all));
  }

  @Test
  void whatWaitsGoesTogether() {
    orders.shut();
    List<CompletableFuture<IngestResult>> outcomes =
        IntStream.range(0, 50).mapToObj(i -> publish("orders/1", null, "" + i)).toList();
    orders.open();
    outcomes.forEach(ForwarderTest::result);
    assertTrue(orders.sends() <= 3, "sends: " + orders.sends());
  }

  @Test
  void tellsItsSenderThatNobodyKnowsAndPublishesWhatArrivesNevertheless() {
    orders.shut();
    CompletableFuture<IngestResult> outcome = publish("orders/1", "id", "1");
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    deadlines.sweep();
    assertEquals("unavailable", failure(outcome).code());
    orders.open();
    IngestResult result = result(publish("orders/1", "id", "1"));
    assertEquals(1, assertInstanceOf(IngestResult.Published.class, result).position().offset());
    assertEquals(List.of("1"), logged());
    assertEquals(0, deadlines.count());
  }

  @Test
  void oneDestinationThatHangsHoldsUpNoOther() {
    orders.shut();
    CompletableFuture<IngestResult> stuck = publish("orders/1", null, "1");
    result(publish("trades/1", null, "2"));
    assertFalse(stuck.isDone());
  }

  @Test
  void whatWaitsWhenItStopsIsNotSentAndItsSenderIsTold() {
    forwarder.stop(PATIENCE);
    use(settings(1, 10));
    orders.shut();
    CompletableFuture<IngestResult> underWay = publish("orders/1", null, "1");
    await().atMost(PATIENCE).until(() -> forwarder.waiting() == 0);
    CompletableFuture<IngestResult> waiting = publish("orders/1", null, "2");
    forwarder.stop(Duration.ofMillis(50));
    assertEquals("unavailable", failure(waiting).code());
    assertEquals("unavailable", failure(underWay).code());
    assertEquals("unavailable", failure(publish("orders/1", null, "3")).code());
    assertEquals(List.of(), orders.arrived());
    assertEquals(List.of(), logged());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderOfEachSenderHoldsInEveryTopic(long seed) throws Exception {
    inParallel(
        8,
        sender -> {
          Random dice = new Random(seed * 100 + sender);
          List<CompletableFuture<IngestResult>> outcomes = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            String topic = dice.nextBoolean() ? "orders/" + dice.nextInt(3) : "trades/1";
            outcomes.add(publish(ADA, "s" + sender, topic, null, number(sender, i)));
          }
          outcomes.forEach(ForwarderTest::result);
        });
    assertInOrder(orders.arrived(), each -> each.topic() + text(each.payload()), 0);
    assertInOrder(trades.arrived(), each -> each.topic() + text(each.payload()), 0);
    List<Publication> published = log.readAfter(0, Integer.MAX_VALUE);
    assertInOrder(published, each -> each.topic() + text(each.payload()), 0);
    assertEquals(800, published.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachArrivesOnceAndIsPublishedOnceThoughOutcomesAreLost(long seed) throws Exception {
    orders = new FaultyOutlet(seed, 0.4);
    List<String> tooEarly = Collections.synchronizedList(new ArrayList<>());
    log.listen(() -> tooEarly.addAll(logged().stream().filter(notIn(texts(orders))).toList()));
    inParallel(
        8,
        sender -> {
          for (int i = 0; i < 50; i++) {
            publishUntilItWorks(sender, i);
          }
        });
    assertInOrder(orders.arrived(), each -> text(each.payload()), 400);
    assertInOrder(log.readAfter(0, Integer.MAX_VALUE), each -> text(each.payload()), 400);
    assertEquals(List.of(), tooEarly);
    assertTrue(forwarder.counters().counts().failed() > 0, "no fault was met");
  }

  private static Predicate<String> notIn(List<String> texts) {
    return text -> !texts.contains(text);
  }

  private void publishUntilItWorks(int sender, int i) {
    while (true) {
      CompletableFuture<IngestResult> outcome =
          publish(ADA, "s" + sender, "orders/1", "id" + number(sender, i), number(sender, i));
      try {
        result(outcome);
        return;
      } catch (CompletionException e) {
        assertInstanceOf(UnansweredException.class, UnansweredException.in(e));
      }
    }
  }

  private static String number(int sender, int i) {
    return String.valueOf((sender + 1) * 1_000 + i);
  }

  private static void inParallel(int senders, IntConsumer work) throws Exception {
    List<CompletableFuture<Void>> all =
        IntStream.range(0, senders)
            .mapToObj(
                sender ->
                    CompletableFuture.runAsync(
                        () -> work.accept(sender), each -> new Thread(each).start()))
            .toList();
    for (CompletableFuture<Void> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  /** Each topic and sender: numbers that grow, each once; so many in all, or 0 for any number. */
  private static <T> void assertInOrder(List<T> items, Function<T, String> shown, int count) {
    Map<String, Integer> last = new TreeMap<>();
    for (T item : items) {
      String text = shown.apply(item);
      int number = Integer.parseInt(text.substring(text.length() - 4));
      String line = text.substring(0, text.length() - 3);
      Integer before = last.put(line, number);
      assertTrue(before == null || before < number, () -> before + " before " + text);
    }
    if (count > 0) {
      assertEquals(count, items.size());
    }
  }
}
