package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionBudgetTest {
  private static final Limits LIMITS =
      new Limits(new Rate(10, 20), new Rate(1_000, 2_000), Rate.UNLIMITED, 0, 0);
  private static final Identity SOMEBODY = Identity.ANONYMOUS;
  private static final Identity PUBLISHER =
      new Identity("p", Set.of("publisher"), Map.of(), null, null);

  private final AtomicLong nanos = new AtomicLong();
  private List<LimitRule> rules =
      List.of(
          new LimitRule(
              List.of(new Who.Role("publisher")),
              Map.of(Limit.MESSAGES_PER_SECOND, 0L, Limit.BYTES_PER_SECOND, 0L)));
  private final SessionBudget budget =
      new SessionBudget(new CurrentLimits(LIMITS, () -> rules), 5, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void bytesAreTakenAsTheyArriveAndAMessageThatFindsTooFewIsOver() {
    budget.arrived(SOMEBODY, 1_992);
    assertFalse(budget.messageIsOver());
    budget.arrived(SOMEBODY, 100);
    assertTrue(budget.messageIsOver());
    assertFalse(budget.messageIsOver());
    pass(Duration.ofSeconds(1));
    budget.arrived(SOMEBODY, 100);
    assertFalse(budget.messageIsOver());
  }

  @Test
  void emptyFramesAreNotFree() {
    for (int i = 0; i < 250; i++) {
      budget.arrived(SOMEBODY, 0);
    }
    assertFalse(budget.messageIsOver());
    budget.arrived(SOMEBODY, 0);
    assertTrue(budget.messageIsOver());
  }

  @Test
  void unitsAreABurstAndThenARate() {
    budget.arrived(SOMEBODY, 0);
    assertTrue(budget.spendAll(18));
    assertFalse(budget.spendAll(3));
    assertTrue(budget.spend(2));
    assertFalse(budget.spend(1));
    pass(Duration.ofMillis(100));
    assertTrue(budget.spend(1));
  }

  @Test
  void aCommandCostsNoMoreThanTheBurst() {
    budget.arrived(SOMEBODY, 0);
    assertFalse(budget.spendAll(21));
    assertTrue(budget.spend(21));
  }

  @Test
  void whoHasMoreExcessesThanAllowedIsDone() {
    budget.arrived(SOMEBODY, 0);
    for (int i = 0; i < 5; i++) {
      budget.exceed();
      assertFalse(budget.isDone());
    }
    budget.exceed();
    assertTrue(budget.isDone());
  }

  @Test
  void everyKiBOverIsAnExcess() {
    budget.arrived(SOMEBODY, 1_992);
    budget.arrived(SOMEBODY, 4_000);
    assertFalse(budget.isDone());
    budget.arrived(SOMEBODY, 2_000);
    assertTrue(budget.isDone());
  }

  @Test
  void excessesAreForgivenWithinAMinute() {
    budget.arrived(SOMEBODY, 0);
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 5; i++) {
        budget.exceed();
      }
      pass(Duration.ofMinutes(1));
    }
    assertFalse(budget.isDone());
  }

  @Test
  void whoHasNoBoundsMaySendAnything() {
    budget.arrived(PUBLISHER, 1 << 30);
    assertFalse(budget.messageIsOver());
    assertTrue(budget.spendAll(1 << 30));
    assertEquals(
        "a session may send any number of units of cost and any number of bytes a second",
        budget.described());
  }

  @Test
  void whoSignsInAsSomebodyElseBeginsWithWhatWasSpent() {
    budget.arrived(SOMEBODY, 0);
    assertTrue(budget.spendAll(20));
    Identity other = new Identity("o", Set.of(), Map.of(), null, null);
    budget.arrived(other, 0);
    assertFalse(budget.spend(1));
  }

  @Test
  void changedRulesAreInForceWithTheNextMessage() {
    budget.arrived(PUBLISHER, 0);
    rules = List.of(new LimitRule(List.of(Who.ANYONE), Map.of(Limit.MESSAGE_BURST, 1L)));
    budget.arrived(PUBLISHER, 0);
    assertTrue(budget.spend(1));
    assertFalse(budget.spend(1));
  }
}
