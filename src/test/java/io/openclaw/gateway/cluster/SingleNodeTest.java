package io.openclaw.gateway.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SingleNodeTest extends SharedMapContract {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final SingleNode cluster = new SingleNode(new Node("alone"), nanos::get);

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Override
  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void isAlone() {
    assertEquals(List.of(new Node("alone")), cluster.nodes());
    assertTrue(cluster.isOldest());
  }

  @Test
  void hasNobodyToAsk() {
    cluster.broadcast("subject", new byte[1]);
    assertEquals(Map.of(), cluster.ask("subject", new byte[1], MINUTE).join());
  }

  @Test
  void refusesWhatIsTooLargeAsAClusterWould() {
    byte[] large = new byte[Cluster.MAX_MESSAGE_BYTES + 1];
    assertThrows(IllegalArgumentException.class, () -> cluster.broadcast("subject", large));
  }
}
