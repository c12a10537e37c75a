package io.openclaw.gateway.log.journal.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import java.util.LinkedHashSet;
import java.util.Set;

/** The members of the cluster as this one sees them now. Thread-safe; never blocks. */
final class Members {
  private final HazelcastInstance engine;

  Members(HazelcastInstance engine) {
    this.engine = engine;
  }

  /** Their ids, oldest first. */
  Set<String> alive() {
    Set<String> ids = new LinkedHashSet<>();
    for (Member member : engine.getCluster().getMembers()) {
      ids.add(member.getUuid().toString());
    }
    return ids;
  }

  /** The id of this one. */
  String self() {
    return engine.getCluster().getLocalMember().getUuid().toString();
  }

  /** Whether no other has been there for longer. */
  boolean isOldest() {
    return engine.getCluster().getMembers().iterator().next().localMember();
  }
}
