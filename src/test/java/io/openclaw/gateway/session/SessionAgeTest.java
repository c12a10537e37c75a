package io.openclaw.gateway.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionAgeTest {
  private static final int SESSIONS = 10_000;

  private static LongStream ages(SessionAge age) {
    Random random = new Random(1);
    return LongStream.range(0, SESSIONS)
        .map(i -> age.millisFor(Long.toHexString(random.nextLong())));
  }

  @Test
  void isWithinTheJitter() {
    SessionAge age = new SessionAge(Duration.ofHours(1), Duration.ofMinutes(10));
    assertTrue(ages(age).allMatch(millis -> millis >= 3_600_000 && millis <= 4_200_000));
  }

  @Test
  void isSpreadEvenly() {
    SessionAge age = new SessionAge(Duration.ofHours(1), Duration.ofMinutes(10));
    for (long minute = 60; minute < 70; minute++) {
      long from = Duration.ofMinutes(minute).toMillis();
      long there = ages(age).filter(each -> each >= from && each < from + 60_000).count();
      assertEquals(SESSIONS / 10.0, there, SESSIONS / 50.0);
    }
  }

  @Test
  void isSpreadOverATenthUnlessSaidOtherwise() {
    SessionAge age = new SessionAge(Duration.ofSeconds(100), Duration.ZERO);
    assertTrue(ages(age).allMatch(millis -> millis >= 100_000 && millis <= 110_000));
    assertTrue(ages(age).anyMatch(millis -> millis > 109_000));
  }

  @Test
  void isWithoutBoundIfThereIsNone() {
    assertTrue(ages(SessionAge.ANY).allMatch(millis -> millis == Long.MAX_VALUE));
  }
}
