package io.openclaw.gateway.source;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.openclaw.gateway.source.SourceState.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallGuardTest {
  private static final SourceState UP = SourceState.of("jms:q", Status.UP);

  @Test
  void aSourceWhoseStepDoesNotEndIsDown() {
    StallGuard guard = new StallGuard(Duration.ofMillis(1));
    guard.begin();
    await().until(() -> !guard.judge(UP).isReady());
    assertEquals("jms:q", guard.judge(UP).name());
    guard.end();
    assertSame(UP, guard.judge(UP));
  }

  @Test
  void aStepUnderWayIsNoTrouble() {
    StallGuard guard = new StallGuard(Duration.ofMinutes(1));
    guard.begin();
    assertSame(UP, guard.judge(UP));
  }
}
