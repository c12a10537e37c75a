package io.openclaw.gateway.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * What decoding one input may cost: processor time of the thread, so that other work on the machine
 * does not count, and memory allocated. What was costly is tried again, as the first time loads and
 * compiles classes.
 */
public final class Cost {
  private static final long MAX_NANOS = 50_000_000;
  private static final long MAX_BYTES = 32 << 20;
  private static final int TRIES = 5;
  private static final com.sun.management.ThreadMXBean THREAD =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Cost() {}

  /** What {@code decoder} makes of {@code input}, unless it costs too much. */
  public static <T> T bounded(Object input, Supplier<T> decoder) {
    long nanos = 0;
    long bytes = 0;
    for (int i = 0; i < TRIES; i++) {
      long nanosBefore = THREAD.getCurrentThreadCpuTime();
      long bytesBefore = THREAD.getCurrentThreadAllocatedBytes();
      T decoded = decoder.get();
      nanos = THREAD.getCurrentThreadCpuTime() - nanosBefore;
      bytes = THREAD.getCurrentThreadAllocatedBytes() - bytesBefore;
      if (nanos <= MAX_NANOS && bytes <= MAX_BYTES) {
        return decoded;
      }
    }
    throw new AssertionError(nanos / 1000 + " µs and " + bytes + " bytes for " + input);
  }

  /** That a text for a client tells nothing about the inside. */
  public static void assertTellsNothing(String text, Object input) {
    boolean tells =
        text.contains("Exception")
            || text.contains("java.")
            || text.contains("jakarta.")
            || text.contains("org.")
            || text.contains("io.openclaw");
    assertTrue(!tells, () -> text + " for " + input);
  }
}
