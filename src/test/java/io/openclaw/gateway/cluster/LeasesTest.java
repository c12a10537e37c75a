package io.openclaw.gateway.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration LENGTH = Duration.ofSeconds(6);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private boolean others;
  private final SharedMap map = new LocalMap(nanos::get);
  private final Leases leasesOfA = leases("a");
  private final Leases leasesOfB = leases("b");
  private final Lease a = leasesOfA.of("x");
  private final Lease b = leasesOfB.of("x");

  private Leases leases(String node) {
    return new Leases(map, new Node(node), LENGTH, nanos::get, () -> others);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  @Test
  void oneOfTwoHoldsIt() {
    assertTrue(a.hold());
    assertFalse(b.hold());
    assertTrue(a.isHeld());
    assertFalse(b.isHeld());
    assertEquals(Optional.of("a"), b.holder());
  }

  @Test
  void leasesOfOtherNamesAreOthers() {
    assertTrue(a.hold());
    assertTrue(leasesOfB.of("y").hold());
  }

  @Test
  void whoRenewsItKeepsIt() {
    assertTrue(a.hold());
    for (int i = 0; i < 20; i++) {
      pass(seconds(1));
      leasesOfA.renew();
      assertTrue(a.isHeld());
      assertFalse(b.hold());
    }
  }

  @Test
  void whoStoodStillDoesNotHoldItBeforeAnotherMay() {
    assertTrue(a.hold());
    pass(seconds(4));
    assertFalse(a.isHeld());
    assertFalse(b.hold());
    pass(seconds(2));
    assertTrue(b.hold());
    leasesOfA.renew();
    assertFalse(a.hold());
    assertFalse(a.isHeld());
  }

  @Test
  void whoStoodStillHoldsItAgainIfNobodyTookIt() {
    assertTrue(a.hold());
    pass(seconds(5));
    leasesOfA.renew();
    assertTrue(a.isHeld());
    pass(seconds(60));
    assertTrue(a.hold());
  }

  @Test
  void whoStoodStillAmongOthersAsksForNoneForAWhile() {
    others = true;
    leasesOfA.renew();
    assertTrue(a.hold());
    pass(seconds(7));
    leasesOfA.renew();
    assertFalse(a.hold());
    for (int i = 0; i < 30; i++) {
      pass(seconds(1));
      leasesOfA.renew();
    }
    assertTrue(a.hold());
  }

  @Test
  void whatIsReleasedMayBeTakenAtOnce() {
    assertTrue(a.hold());
    a.release();
    assertFalse(a.isHeld());
    assertTrue(b.hold());
  }

  @Test
  void nobodyReleasesWhatAnotherHolds() {
    assertTrue(a.hold());
    pass(seconds(6));
    assertTrue(b.hold());
    a.release();
    assertTrue(b.isHeld());
    assertFalse(a.hold());
  }

  @Test
  void whatIsReleasedIsNotRenewed() {
    assertTrue(a.hold());
    a.release();
    leasesOfA.renew();
    assertEquals(Optional.empty(), a.holder());
  }
}
