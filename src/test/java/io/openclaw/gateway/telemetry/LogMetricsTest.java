package io.openclaw.gateway.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private double gauge(String name, String space) {
    return meters.get(name).tag("space", space).gauge().value();
  }

  @Test
  void tellsOfEachSpaceWhereItsLogIs() {
    LogSettings settings = new LogSettings(3, 1 << 20, Duration.ofHours(1), 0, 0);
    Spaces spaces =
        Spaces.of(
            new SpaceSettings(Map.of("iot", List.of("iot"))),
            name -> new MemoryTopicLog(name, settings, System::currentTimeMillis));
    LogMetrics.register(meters, spaces);
    Draft draft = new Draft(TopicName.of("iot/1"), null, new Payload.Json("1"), false, null, null);
    spaces.append(Collections.nCopies(5, draft));
    assertEquals(5, gauge("openclaw.log.offset", "iot"));
    assertEquals(2, gauge("openclaw.log.floor", "iot"));
    assertEquals(0, gauge("openclaw.log.offset", "default"));
  }
}
