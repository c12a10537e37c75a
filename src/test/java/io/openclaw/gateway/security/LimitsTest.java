package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Identity alice = new Identity("alice", Set.of("a", "b"), Map.of(), null, null);

  private static LimitRule rule(Who who, Limit limit, long value) {
    return new LimitRule(List.of(who), Map.of(limit, value));
  }

  @Test
  void theFirstRuleThatSpeaksOfSomebodyCountsAndTheRestIsAsUsual() {
    CurrentLimits limits =
        new CurrentLimits(
            Limits.DEFAULT,
            () ->
                List.of(
                    rule(new Who.Role("b"), Limit.SESSIONS_PER_USER, 1),
                    rule(new Who.Role("a"), Limit.SESSIONS_PER_USER, 2)));
    assertEquals(1, limits.of(alice).sessionsPerUser());
    assertEquals(Limits.DEFAULT.messages(), limits.of(alice).messages());
    assertEquals(Limits.DEFAULT, limits.of(Identity.ANONYMOUS));
  }

  @Test
  void aRateAboveTheBurstTakesItAlong() {
    CurrentLimits limits =
        new CurrentLimits(
            Limits.DEFAULT, () -> List.of(rule(Who.ANYONE, Limit.MESSAGES_PER_SECOND, 50_000)));
    assertEquals(new Rate(50_000, 50_000), limits.of(alice).messages());
  }

  @Test
  void requestsAreCountedByUserAndWithoutOneByAddress() {
    RequestLimits limits =
        new RequestLimits(
            CurrentLimits.only(new Limits(Rate.UNLIMITED, Rate.UNLIMITED, new Rate(1, 2), 0, 0)),
            100,
            nanos::get);
    assertEquals(0, limits.take(alice, "192.0.2.1", 2));
    assertTrue(limits.take(alice, "192.0.2.2", 1) > 0);
    assertEquals(0, limits.take(Identity.ANONYMOUS, "192.0.2.1", 2));
    assertTrue(limits.take(Identity.ANONYMOUS, "192.0.2.1", 1) > 0);
    assertEquals(0, limits.take(Identity.ANONYMOUS, "192.0.2.2", 1));
  }

  @Test
  void usersOfTwoIssuersAreTwo() {
    RequestLimits limits =
        new RequestLimits(
            CurrentLimits.only(new Limits(Rate.UNLIMITED, Rate.UNLIMITED, new Rate(1, 1), 0, 0)),
            100,
            nanos::get);
    Identity other =
        new Identity(
            "https://other.example",
            "alice",
            Set.of(),
            Map.of(),
            null,
            null,
            null,
            alice.authority());
    assertEquals(0, limits.take(alice, "", 1));
    assertEquals(0, limits.take(other, "", 1));
  }

  @Test
  void handshakesOfOneIpv6NetworkAreCountedTogether() {
    AddressLimits limits =
        new AddressLimits(
            new LimitSettings(Limits.DEFAULT, 1, new Rate(1, 2), new Rate(1, 2), 100), nanos::get);
    assertEquals(0, limits.handshake("2001:db8::1"));
    assertEquals(0, limits.handshake("2001:db8::2"));
    assertTrue(limits.handshake("2001:db8::3") > 0);
    assertEquals(0, limits.handshake("2001:db8:0:1::1"));
  }

  @Test
  void afterTooManyBadTokensNoneIsLookedAt() {
    AddressLimits limits =
        new AddressLimits(
            new LimitSettings(Limits.DEFAULT, 1, new Rate(1, 2), new Rate(1, 2), 100), nanos::get);
    limits.signInFailed("192.0.2.1");
    assertEquals(0, limits.signIn("192.0.2.1"));
    limits.signInFailed("192.0.2.1");
    assertTrue(limits.signIn("192.0.2.1") > 0);
    assertEquals(0, limits.signIn("192.0.2.2"));
  }
}
