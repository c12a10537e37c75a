package io.openclaw.gateway.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the logs: {@code openclaw.log.offset} and {@code .floor}, each by space, of which
 * there are few.
 */
public final class LogMetrics {
  private LogMetrics() {}

  /** Adds those of all spaces. */
  public static void register(MeterRegistry meters, Spaces spaces) {
    for (Space space : spaces.all()) {
      register(meters, space, "offset", "the last publication", log -> log.head().offset());
      register(meters, space, "floor", "the one before the oldest retained", TopicLog::floor);
    }
  }

  private static void register(
      MeterRegistry meters, Space space, String name, String what, ToDoubleFunction<TopicLog> at) {
    Gauge.builder("openclaw.log." + name, space.log(), at)
        .description("offset of " + what + "; begins anew with each epoch")
        .tag("space", space.name())
        .register(meters);
  }
}
