package io.openclaw.gateway.source.jms;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SurgeTest {
  private static final int MANY = 200;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Surge surge = new Surge();
  private long nanos = -7 * MILLI;

  /** A message that comes so long after the transaction before; its transaction takes 1 ms. */
  private boolean takesMore(long afterMillis, int waiting) {
    nanos += afterMillis * MILLI;
    boolean more = surge.begin(nanos, MANY) > 1;
    nanos += MILLI;
    surge.committed(nanos, more ? waiting : 1);
    return more;
  }

  private void begin() {
    for (int i = 0; i <= 4; i++) {
      takesMore(0, MANY);
    }
  }

  @Test
  void takesMessagesThatComeNowAndThenOneByOne() {
    for (int i = 0; i < 20; i++) {
      assertFalse(takesMore(10, 1));
    }
  }

  @Test
  void takesThoseBehindWhenSeveralInARowWereWaiting() {
    for (int i = 0; i <= 3; i++) {
      assertFalse(takesMore(0, MANY));
    }
    assertTrue(takesMore(0, MANY));
    assertTrue(takesMore(1, MANY));
  }

  @Test
  void takesOneAgainWhenNothingWasBehindIt() {
    begin();
    assertTrue(takesMore(0, 1));
    assertFalse(takesMore(0, MANY));
  }

  @Test
  void takesOneAgainAfterARest() {
    begin();
    assertFalse(takesMore(50, MANY));
  }

  @Test
  void takesOneByOneForEverAfterAConnectionWasLost() {
    begin();
    surge.end();
    for (int i = 0; i < 20; i++) {
      assertFalse(takesMore(0, MANY));
    }
  }
}
