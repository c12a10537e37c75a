package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.LogUnavailableException;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Payload;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final int MANY = 3 * FailurePolicy.DEFAULT.maxAttempts();

  private final MemoryTopicLog log = new MemoryTopicLog("e", LogSettings.DEFAULT, new ManualTime());
  private boolean closed = true;

  @Test
  void putsNothingAsideWhileTheLogTakesNothing() {
    Ingest ingest = new Ingest(durable(), IngestSettings.DEFAULT);
    Intake intake = new Intake("jms:a", ingest, FailurePolicy.DEFAULT, 1);
    List<Arrival<String>> arrivals =
        List.of(
            Arrival.of(
                "m", new SourceEvent("a/b", null, new Payload.Json("1"), false, "id", null)));
    for (int i = 0; i < MANY; i++) {
      assertThrows(LogUnavailableException.class, () -> intake.take(arrivals));
    }
    closed = false;
    assertEquals(List.of(), intake.take(arrivals).refused());
    assertEquals(1, log.head().offset());
  }

  /** A log that outlives the process, and takes nothing while it is closed. */
  private TopicLog durable() {
    return (TopicLog)
        Proxy.newProxyInstance(
            IntakeTest.class.getClassLoader(), new Class<?>[] {TopicLog.class}, this::answer);
  }

  private @Nullable Object answer(Object proxy, Method method, Object[] arguments)
      throws Exception {
    if (method.getName().equals("isVolatile")) {
      return false;
    }
    if (method.getName().equals("append") && closed) {
      return CompletableFuture.failedFuture(new LogUnavailableException("closed"));
    }
    return method.invoke(log, arguments);
  }
}
