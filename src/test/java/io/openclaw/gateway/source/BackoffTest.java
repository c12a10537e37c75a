package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));

  @Test
  void doublesWithEachFailureUpToItsBound() {
    for (long ceiling : new long[] {100, 200, 400, 800, 1600, 3200, 5000, 5000}) {
      long wait = backoff.next().toMillis();
      assertTrue(wait >= ceiling / 2 && wait <= ceiling, wait + " of " + ceiling);
    }
  }

  @Test
  void staysBoundedHoweverOftenItFails() {
    for (int i = 0; i < 1000; i++) {
      assertTrue(backoff.next().toMillis() <= 5000);
    }
  }

  @Test
  void beginsAnewAfterASuccess() {
    backoff.next();
    backoff.next();
    backoff.reset();
    assertEquals(0, backoff.failures());
    assertTrue(backoff.next().toMillis() <= 100);
  }
}
