package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketTableTest {
  private static final Rate RATE = new Rate(10, 20);

  private final AtomicLong nanos = new AtomicLong();
  private final BucketTable table = new BucketTable(100, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aBurstIsGivenAtOnceAndThenTheRate() {
    for (int i = 0; i < 20; i++) {
      assertEquals(0, table.take("a", RATE, 1));
    }
    assertEquals(TimeUnit.MILLISECONDS.toNanos(100), table.take("a", RATE, 1));
    pass(Duration.ofMillis(100));
    assertEquals(0, table.take("a", RATE, 1));
    assertTrue(table.take("a", RATE, 1) > 0);
  }

  @Test
  void eachHasABucketOfItsOwn() {
    assertEquals(0, table.take("a", RATE, 20));
    assertTrue(table.take("a", RATE, 1) > 0);
    assertEquals(0, table.take("b", RATE, 20));
  }

  @Test
  void whatCostsMoreThanTheBurstCostsTheBurst() {
    assertEquals(0, table.take("a", RATE, 1_000));
    assertEquals(TimeUnit.SECONDS.toNanos(2), table.take("a", RATE, 1_000));
  }

  @Test
  void withoutABoundNothingIsRemembered() {
    assertEquals(0, table.take("a", Rate.UNLIMITED, 1_000_000));
    assertEquals(0, table.size());
  }

  @Test
  void lookingTakesNothing() {
    assertEquals(0, table.nanosUntilOne("a"));
    assertEquals(0, table.size());
    table.take("a", RATE, 20);
    assertEquals(TimeUnit.MILLISECONDS.toNanos(100), table.nanosUntilOne("a"));
    pass(Duration.ofMillis(100));
    assertEquals(0, table.nanosUntilOne("a"));
    assertEquals(0, table.nanosUntilOne("a"));
  }

  @Test
  void anotherRateBeginsWithWhatWasSpent() {
    table.take("a", RATE, 15);
    assertEquals(0, table.take("a", new Rate(100, 100), 85));
    assertTrue(table.take("a", new Rate(100, 100), 1) > 0);
  }

  @Test
  void bucketsThatAreFullAgainAreDroppedAsOthersCome() {
    for (int i = 0; i < 50; i++) {
      table.take("old" + i, RATE, 1);
    }
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 50; i++) {
      table.take("new" + i, RATE, 1);
    }
    assertTrue(table.size() <= 60, () -> table.size() + " are remembered");
  }

  @Test
  void aMillionAddressesAreNotRememberedAndTheWorstOneIs() {
    table.take("worst", RATE, 20);
    for (int i = 0; i < 1_000_000; i++) {
      table.take("a" + i, RATE, 1);
    }
    assertTrue(table.size() <= 100, () -> table.size() + " are remembered");
    assertTrue(table.take("worst", RATE, 1) > 0, "the worst one was forgotten");
  }

  @Test
  void whatIsTakenOnAnotherNodeIsTakenHere() {
    BucketTable other = new BucketTable(100, nanos::get);
    other.take("a", RATE, 15);
    other.toTell(2, 10).forEach(table::takenElsewhere);
    assertEquals(0, table.take("a", RATE, 5));
    assertTrue(table.take("a", RATE, 1) > 0);
    assertEquals(List.of(), other.toTell(2, 10));
  }

  @Test
  void twoNodesTogetherKeepToTheRateAfterTheFirstBursts() {
    BucketTable other = new BucketTable(100, nanos::get);
    int taken = 0;
    for (int second = 0; second < 100; second++) {
      for (int i = 0; i < 50; i++) {
        taken += table.take("a", RATE, 1) == 0 ? 1 : 0;
        taken += other.take("a", RATE, 1) == 0 ? 1 : 0;
      }
      List<Spent> own = table.toTell(2, 10);
      other.toTell(2, 10).forEach(table::takenElsewhere);
      own.forEach(other::takenElsewhere);
      pass(Duration.ofSeconds(1));
    }
    int allowed = 2 * 20 + 100 * 10;
    assertTrue(taken <= allowed, () -> "too many");
    assertTrue(taken >= allowed / 2, () -> "too few");
  }

  @Test
  void littleIsNotTold() {
    table.take("a", RATE, 1);
    assertEquals(List.of(), table.toTell(2, 10));
    table.take("a", RATE, 1);
    assertEquals(2, table.toTell(2, 10).get(0).tokens());
  }
}
