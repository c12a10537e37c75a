package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Clients that misbehave share a topic with others that do not: those receive everything, in order.
 */
class SlowClientIT extends GatewayIT {
  private static final int HEALTHY = 50;
  private static final int PUBLICATIONS = 8_000;
  private static final int SMALL_BUFFER = 4_096;

  @Test
  void costTheOthersNothing() throws Exception {
    try (CrowdedTopic topic = new CrowdedTopic(uri(), adminToken(), "slow/topic", PUBLICATIONS)) {
      RawConnection neverReads = topic.subscriber(SMALL_BUFFER);
      RawConnection readsOneByteASecond = topic.subscriber(SMALL_BUFFER);
      RawConnection sendsGarbage = topic.subscriber(0);
      topic.addReaders(HEALTHY);
      topic.run(readsOneByteASecond::drip);
      sendsGarbage.send(1, "\u0000{[garbage".getBytes(StandardCharsets.UTF_8));
      topic.publishUntil(PUBLICATIONS);
      topic.assertAllWasRead();
      assertTrue(topic.isCutOff(neverReads), "the one that never reads was not disconnected");
    }
  }
}
