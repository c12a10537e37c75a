package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.Limit;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.security.Rate;
import io.openclaw.gateway.security.Who;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private static final Limits LIMITS =
      new Limits(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, 2, 3);
  private static final Identity ALICE = identity("alice");
  private static final Identity FEED = identity("feed");

  private final Seats seats =
      new Seats(
          new CurrentLimits(
              LIMITS,
              () ->
                  List.of(
                      new LimitRule(
                          List.of(new Who.Role("feed")),
                          Map.of(Limit.SESSIONS_PER_USER, 0L, Limit.SESSIONS_PER_ADDRESS, 0L)))));

  private static Identity identity(String user) {
    return new Identity(user, Set.of(user), Map.of(), null, null);
  }

  private static Caller from(int address, Identity identity) {
    return new Caller(identity, "192.0.2." + address);
  }

  @Test
  void aUserHasSoManySessionsWhereverTheyAre() {
    seats.take(from(1, ALICE));
    assertEquals(Optional.empty(), seats.objection(from(2, ALICE)));
    Seats.Seat second = seats.take(from(2, ALICE));
    assertEquals(Optional.of("a user has at most 2 sessions"), seats.objection(from(3, ALICE)));
    assertEquals(Optional.empty(), seats.objection(from(3, identity("bob"))));
    second.leave();
    assertEquals(Optional.empty(), seats.objection(from(3, ALICE)));
  }

  @Test
  void anAddressHasSoManySessionsWhoeverTheyAre() {
    seats.take(from(1, ALICE));
    seats.take(from(1, Identity.ANONYMOUS));
    seats.take(from(1, Identity.ANONYMOUS));
    assertEquals(
        Optional.of("an address has at most 3 sessions"),
        seats.objection(from(1, Identity.ANONYMOUS)));
    assertEquals(Optional.empty(), seats.objection(from(2, Identity.ANONYMOUS)));
  }

  @Test
  void whoHasNoBoundIsNotHindered() {
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.empty(), seats.objection(from(1, FEED)));
      assertFalse(seats.take(from(1, FEED)).isTooMuch());
    }
  }

  @Test
  void whoSignsInIsCountedAsThatUser() {
    seats.take(from(1, ALICE));
    seats.take(from(2, ALICE));
    Seats.Seat seat = seats.take(from(3, Identity.ANONYMOUS));
    assertFalse(seat.isTooMuch());
    seat.passTo(ALICE);
    assertTrue(seat.isTooMuch());
    seat.passTo(identity("bob"));
    assertFalse(seat.isTooMuch());
  }

  @Test
  void aSeatIsLeftOnceAndNotTakenAgain() {
    Seats.Seat first = seats.take(from(1, ALICE));
    seats.take(from(1, ALICE));
    first.leave();
    first.leave();
    first.passTo(ALICE);
    assertEquals(Optional.empty(), seats.objection(from(1, ALICE)));
    seats.take(from(1, ALICE));
    assertTrue(seats.objection(from(1, ALICE)).isPresent());
  }

  @Test
  void sessionsOnOtherNodesCount() {
    seats.take(from(1, ALICE));
    seats.elsewhere(new SeatCounts(Map.of(ALICE.countingKey(), 1), Map.of()));
    assertEquals(Optional.of("a user has at most 2 sessions"), seats.objection(from(3, ALICE)));
    assertTrue(seats.take(from(2, ALICE)).isTooMuch());
    seats.elsewhere(SeatCounts.NONE);
    assertEquals(Optional.of("a user has at most 2 sessions"), seats.objection(from(3, ALICE)));
  }

  @Test
  void otherNodesAreToldOfThoseWhoHaveMany() {
    seats.take(from(1, ALICE));
    seats.take(from(1, FEED));
    SeatCounts told = seats.toTell(2, 10);
    assertEquals(Map.of(ALICE.countingKey(), 1), told.users());
    assertEquals(1, told.addresses().size());
  }
}
