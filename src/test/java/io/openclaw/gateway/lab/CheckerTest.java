package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A checker that could not fail would prove nothing: made-up logs, each with one fault. */
class CheckerTest {
  private static final int TOPIC = 0;
  private static final int OTHER = 1;

  private final List<Sending> sendings = new ArrayList<>();
  private final List<ClientLog> logs = new ArrayList<>();
  private boolean windowMayEnd;

  @Test
  void findsNothingWhereAllIsWell() {
    send(1, 2, 3);
    client(subscribed("e", 0), came(1, 1), live(1), came(2, 2), came(3, 3));
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        back("e"),
        came(2, 2),
        came(3, 3),
        live(3));
    client(subscribed("e", 2), live(2), came(3, 3));
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsThatTwoSawTheSameEventsInAnotherOrder() {
    send(1, 2);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2));
    client(subscribed("e", 0), live(0), came(1, 2), came(2, 1));
    assertTrue(broken().contains(Promise.ONE_ORDER));
  }

  @Test
  void findsThatOneGotAnOlderOneAfterANewerOne() {
    send(1, 2, 3);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 3));
    client(subscribed("e", 0), live(0), came(1, 1), came(3, 3), came(2, 2));
    assertTrue(broken().contains(Promise.ONE_ORDER));
  }

  @Test
  void findsWhatWasMissedInTheMiddle() {
    send(1, 2, 3);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 3));
    client(subscribed("e", 0), live(0), came(1, 1), lost(), back("e"), came(3, 3), live(3));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void findsWhatWasMissedAtTheEnd() {
    send(1, 2);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2));
    client(subscribed("e", 0), live(0), came(1, 1));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void findsALiveThatPromisesWhatDidNotCome() {
    send(1, 2, 3);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 3));
    client(subscribed("e", 0), came(1, 1), live(3));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void findsWhatNobodySawButTheGatewayHasAnswered() {
    send(1, 3);
    sendings.add(new Sending(2, TOPIC, 0, new Sending.Place("e", 2)));
    client(subscribed("e", 0), live(0), came(1, 1), came(3, 3));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void doesNotMissWhatIsOfAnotherTopic() {
    send(1, 3);
    sendings.add(new Sending(2, OTHER, 0, null));
    client(subscribed("e", 0), live(0), came(1, 1), came(3, 3));
    logs.add(new ClientLog("all", ClientLog.ALL, entries(1, 2, 3)));
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsWhatIsOfAnotherTopic() {
    sendings.add(new Sending(1, OTHER, 0, null));
    client(subscribed("e", 0), live(0), came(1, 1));
    assertEquals(Set.of(Promise.PROTOCOL), broken());
  }

  @Test
  void findsWhatCameTwice() {
    send(1, 2);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        came(2, 2),
        lost(),
        back("e"),
        came(2, 2),
        live(2));
    assertEquals(Set.of(Promise.NOTHING_TWICE), broken());
  }

  @Test
  void takesAGapForWhatALostEpochTookAlong() {
    send(1, 2, 3);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        restarted("f"),
        gap("epoch", "f", 0),
        came(1, 3),
        live(1));
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsSomethingNewBeforeTheGap() {
    send(1, 2);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        restarted("f"),
        came(1, 2),
        gap("epoch", "f", 0),
        live(1));
    assertTrue(broken().contains(Promise.TOLD_FIRST));
  }

  @Test
  void findsALostEpochThatNobodyTellsOf() {
    send(1, 2);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        restarted("f"),
        gap("epoch", "f", 0),
        came(1, 2),
        live(1));
    client(subscribed("e", 0), live(0), came(1, 1));
    assertEquals(Set.of(Promise.TOLD_FIRST), broken());
  }

  @Test
  void letsALogGoOnInANewEpochWithoutAGap() {
    send(1, 2, 3);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        came(2, 2),
        lost(),
        goesOn("f"),
        came(3, 3),
        live(3));
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        goesOn("f"),
        came(2, 2),
        came(3, 3),
        live(3));
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsWhatANewEpochLeftOutWithoutAGap() {
    send(1, 2, 3);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        came(2, 2),
        lost(),
        goesOn("f"),
        came(3, 3),
        live(3));
    client(subscribed("e", 0), live(0), came(1, 1), lost(), goesOn("f"), came(3, 3), live(3));
    assertEquals(Set.of(Promise.TOLD_FIRST), broken());
  }

  @Test
  void findsAGapWithoutNeed() {
    send(1, 2, 3);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 3));
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        back("e"),
        gap("retention", "e", 2),
        came(3, 3),
        live(3));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
    windowMayEnd = true;
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsAGapOfAnotherEpochThatIsTheSame() {
    send(1, 2);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        back("e"),
        gap("epoch", "e", 1),
        came(2, 2),
        live(2));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void findsWhatAGapDoesNotCover() {
    send(1, 2, 3);
    windowMayEnd = true;
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 3));
    client(
        subscribed("e", 0),
        live(0),
        lost(),
        back("e"),
        new Entry.Gap(0, "retention", "e", 2, 2),
        came(3, 3),
        live(3));
    assertEquals(Set.of(Promise.NOTHING_MISSED), broken());
  }

  @Test
  void findsAnEventThatIsNowhere() {
    send(1, 2);
    client(subscribed("e", 0), live(0), came(1, 1));
    assertEquals(Set.of(Promise.IN_THE_LOG_ONCE), broken());
  }

  @Test
  void findsAnEventThatIsNowhereThoughItWasSentAfterTheLossOfAnEpoch() {
    send(1, 3);
    sendings.add(new Sending(2, TOPIC, 200, null));
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        restarted("f"),
        gap("epoch", "f", 0),
        came(1, 3),
        live(1));
    assertEquals(Set.of(Promise.IN_THE_LOG_ONCE), broken());
  }

  @Test
  void findsAnEventThatWasPublishedAgain() {
    send(1, 2);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2), came(3, 1));
    assertEquals(Set.of(Promise.IN_THE_LOG_ONCE), broken());
  }

  @Test
  void letsALostEpochsEventsComeAgain() {
    send(1, 2);
    client(
        subscribed("e", 0),
        live(0),
        came(1, 1),
        lost(),
        restarted("f"),
        gap("epoch", "f", 0),
        came(1, 1),
        came(2, 2),
        live(2));
    assertEquals(Set.of(), broken());
  }

  @Test
  void findsAnEventThatNobodyHasSent() {
    client(subscribed("e", 0), live(0), came(1, 7));
    assertEquals(Set.of(Promise.IN_THE_LOG_ONCE), broken());
  }

  @Test
  void findsThatTheGatewayAnsweredAnotherPlace() {
    sendings.add(new Sending(1, TOPIC, 0, new Sending.Place("e", 2)));
    send(2);
    client(subscribed("e", 0), live(0), came(1, 1), came(2, 2));
    assertTrue(broken().contains(Promise.ONE_ORDER));
  }

  @Test
  void findsAClientThatDidNotComeBack() {
    send(1);
    client(subscribed("e", 0), live(0), came(1, 1), lost());
    assertEquals(Set.of(Promise.COMES_BACK), broken());
  }

  @Test
  void findsAClientThatWasSentAwayForGood() {
    send(1);
    client(subscribed("e", 0), live(0), came(1, 1), new Entry.Lost(0, 4503), back("e"), live(1));
    assertEquals(Set.of(Promise.COMES_BACK), broken());
  }

  @Test
  void findsWhatTheProtocolDoesNotAllow() {
    client(subscribed("e", 0), live(0), new Entry.Wrong("no JSON"));
    assertEquals(Set.of(Promise.PROTOCOL), broken());
  }

  private Set<Promise> broken() {
    Verdict verdict = new Checker(logs, sendings, windowMayEnd).check();
    Set<Promise> found =
        verdict.breaches().stream()
            .map(Verdict.Breach::promise)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));
    assertEquals(verdict.counts().keySet(), found);
    assertEquals(found.isEmpty(), !verdict.report().contains("BROKEN"));
    return found;
  }

  private void send(long... events) {
    for (long event : events) {
      sendings.add(new Sending(event, TOPIC, event, null));
    }
  }

  private void client(Entry... entries) {
    logs.add(new ClientLog("client " + logs.size(), TOPIC, List.of(entries)));
  }

  /** Each at the offset that is its number. */
  private static List<Entry> entries(long... events) {
    List<Entry> entries = new ArrayList<>(List.of(subscribed("e", 0), live(0)));
    for (long event : events) {
      entries.add(came(event, event));
    }
    return entries;
  }

  private static Entry subscribed(String epoch, long offset) {
    return new Entry.Subscribed(0, epoch, offset, true);
  }

  private static Entry back(String epoch) {
    return new Entry.Subscribed(0, epoch, 0, true);
  }

  private static Entry goesOn(String epoch) {
    return new Entry.Subscribed(100, epoch, 0, true);
  }

  private static Entry restarted(String epoch) {
    return new Entry.Subscribed(100, epoch, 0, false);
  }

  private static Entry came(long offset, long event) {
    return new Entry.Came(offset, event);
  }

  private static Entry live(long offset) {
    return new Entry.Live(0, offset);
  }

  private static Entry gap(String reason, String epoch, long to) {
    return new Entry.Gap(100, reason, epoch, reason.equals("epoch") ? 0 : to, to);
  }

  private static Entry lost() {
    return new Entry.Lost(0, 0);
  }
}
