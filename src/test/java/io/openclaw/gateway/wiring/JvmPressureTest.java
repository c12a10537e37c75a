package io.openclaw.gateway.wiring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.Pressure;
import org.junit.jupiter.api.Test;

class JvmPressureTest {
  private static final int MANY_BYTES = 64 << 20;

  private final Pressure pressure = JvmPressure.pressure();

  @Test
  void whatIsHeldIsPressureOnceTheHeapWasCollected() {
    double before = collected();
    byte[] held = new byte[MANY_BYTES];
    double growth = (collected() - before) * Runtime.getRuntime().maxMemory();
    assertTrue(growth > held.length / 2, () -> "grew by " + growth);
  }

  @SuppressWarnings("SystemGcUsage") // what is measured is known only then
  private double collected() {
    System.gc();
    double share = pressure.heap().getAsDouble();
    assertTrue(share > 0 && share <= 1, () -> "share of the heap: " + share);
    return share;
  }

  @Test
  void theShareOfTheProcessorsIsKnown() {
    double share = pressure.cpu().getAsDouble();
    assertTrue(share <= 1, () -> "share of the processors: " + share);
  }
}
