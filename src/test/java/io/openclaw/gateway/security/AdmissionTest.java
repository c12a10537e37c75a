package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Optional<String> FULL = Optional.of("the heap is full");
  private static final Optional<String> BUSY = Optional.of("the processors are busy");

  private double heap;
  private double cpu;
  private long nowNanos;
  private final Admission admission =
      new Admission(
          new AdmissionSettings(90, 95, Duration.ofSeconds(3)),
          new Pressure(() -> heap, () -> cpu),
          () -> 7L);

  /** Samples once a second for so long. */
  private Optional<String> after(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nowNanos += Duration.ofSeconds(1).toNanos();
      admission.sample(nowNanos);
    }
    return admission.obstacle();
  }

  @Test
  void aFullHeapClosesAtOnceAndOpensOnlyWellBelow() {
    heap = 0.90;
    assertEquals(Optional.empty(), after(1));
    heap = 0.91;
    assertEquals(FULL, after(1));
    heap = 0.86;
    assertEquals(FULL, after(10));
    heap = 0.85;
    assertEquals(Optional.empty(), after(1));
    heap = 0.89;
    assertEquals(Optional.empty(), after(10));
  }

  @Test
  void busyProcessorsCloseOnlyAfterAWhile() {
    cpu = 1;
    assertEquals(Optional.empty(), after(3));
    cpu = 0.5;
    assertEquals(Optional.empty(), after(1));
    cpu = 1;
    assertEquals(Optional.empty(), after(3));
    assertEquals(BUSY, after(1));
  }

  @Test
  void busyProcessorsOpenOnlyAfterAWhileWellBelow() {
    cpu = 1;
    assertEquals(BUSY, after(4));
    cpu = 0.93;
    assertEquals(BUSY, after(10));
    cpu = 0.9;
    assertEquals(BUSY, after(3));
    assertEquals(Optional.empty(), after(1));
  }

  @Test
  void whatCannotBeReadIsNoPressure() {
    heap = -1;
    cpu = -1;
    assertEquals(Optional.empty(), after(10));
    cpu = 1;
    assertEquals(BUSY, after(4));
    cpu = -1;
    assertEquals(Optional.empty(), after(1));
  }

  @Test
  void zeroSwitchesItOff() {
    Admission off =
        new Admission(
            new AdmissionSettings(0, 0, Duration.ZERO), new Pressure(() -> 1, () -> 1), () -> 7L);
    off.sample(0);
    off.sample(1);
    assertEquals(Optional.empty(), off.obstacle());
  }
}
