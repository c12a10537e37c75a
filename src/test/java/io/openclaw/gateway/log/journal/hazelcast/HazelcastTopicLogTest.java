package io.openclaw.gateway.log.journal.hazelcast;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.cluster.hazelcast.TestMembers;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.RankedLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.log.TopicLogContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HazelcastTopicLogTest extends TopicLogContract {
  private static TestMembers members;
  private static int rings;

  private final List<RingNode> nodes = new ArrayList<>();

  @BeforeAll
  static void start() {
    members = TestMembers.start(2);
  }

  @AfterAll
  static void stop() {
    members.close();
  }

  @AfterEach
  void close() {
    nodes.forEach(RingNode::close);
  }

  @Override
  protected TopicLog open(LogSettings settings) {
    RingNode node =
        new RingNode(members.get(0).instance(), "ring-" + ++rings, settings, time).open();
    nodes.add(node);
    return new RankedLog(node.log());
  }

  @Test
  void outlivesTheProcess() {
    assertFalse(open(LogSettings.DEFAULT).isVolatile());
  }
}
